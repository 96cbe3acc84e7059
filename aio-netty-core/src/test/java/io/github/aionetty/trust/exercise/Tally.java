// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.exercise;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What an exercise has done. */
final class Tally {
    private final long[] kinds = new long[Step.Kind.values().length];
    private long opened;
    private long rounds;
    private long withoutEffect;
    private long written;
    private long checkedBytes;
    private long nanos;

    void drawn(Step step) {
        kinds[step.kind.ordinal()]++;
        if (step.kind == Step.Kind.WRITE) {
            written += step.length;
        }
    }

    void completed(Step step) {
        if (step.without) {
            withoutEffect++;
        }
    }

    void opened() {
        opened++;
    }

    void round() {
        rounds++;
    }

    void ended(long took, long checked) {
        nanos = took;
        checkedBytes = checked;
    }

    void add(Tally other) {
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] += other.kinds[i];
        }
        opened += other.opened;
        rounds += other.rounds;
        withoutEffect += other.withoutEffect;
        written += other.written;
        checkedBytes += other.checkedBytes;
        nanos += other.nanos;
    }

    /** Operations, opening and closing included. */
    long operations() {
        long sum = opened;
        for (long count : kinds) {
            sum += count;
        }
        return sum;
    }

    private long of(Step.Kind kind) {
        return kinds[kind.ordinal()];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "operations=%d rounds=%d seconds=%.1f (reads=%d writes=%d truncates=%d allocates=%d"
                        + " syncs=%d opens=%d closes=%d cancelled or refused=%d; MiB written=%d,"
                        + " MiB checked in reads=%d)",
                operations(),
                rounds,
                nanos / (double) TimeUnit.SECONDS.toNanos(1),
                of(Step.Kind.READ) + of(Step.Kind.READ_INTO),
                of(Step.Kind.WRITE),
                of(Step.Kind.TRUNCATE),
                of(Step.Kind.ALLOCATE),
                of(Step.Kind.FSYNC) + of(Step.Kind.FDATASYNC),
                opened,
                of(Step.Kind.CLOSE),
                withoutEffect,
                written >> 20,
                checkedBytes >> 20);
    }
}
