// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.exercise;

import java.util.ArrayList;
import java.util.List;

/** Which sizes the file may have, by the same rules as {@link ByteOracle}. */
final class SizeOracle {
    private int settled;

    /** What has changed the size since then. */
    private final List<Step> changes = new ArrayList<>();

    /** The settled size, as a truncate before everything. */
    private Step base = base(0);

    private static Step base(int size) {
        Step base = new Step(Step.Kind.TRUNCATE, null, size, 0);
        base.start = 0;
        base.end = 0;
        return base;
    }

    void add(Step step) {
        if (step.changesSize()) {
            changes.add(step);
        }
    }

    void settle(int size) {
        settled = size;
        base = base(size);
        changes.clear();
    }

    int settled() {
        return settled;
    }

    /** What had ended before this tick has no influence any more at {@code start}. */
    private long hidden(long start) {
        long hidden = 0;
        for (Step step : changes) {
            if (truncates(step) && step.end < start) {
                hidden = Math.max(hidden, step.start);
            }
        }
        return hidden;
    }

    private static boolean truncates(Step step) {
        return step.kind == Step.Kind.TRUNCATE && !step.without;
    }

    private static boolean extend(Step step) {
        return step.kind != Step.Kind.TRUNCATE && !step.without;
    }

    /** Truncates that may be the last one at some time between two ticks. */
    private List<Step> last(long start, long end) {
        long hidden = hidden(start);
        List<Step> last = new ArrayList<>();
        if (base.end >= hidden) {
            last.add(base);
        }
        for (Step step : changes) {
            if (truncates(step) && step.start < end && step.end >= hidden) {
                last.add(step);
            }
        }
        return last;
    }

    /** What the size is at least between the end of a truncate and a tick, if that was the last. */
    private int least(Step truncate, long start) {
        int least = truncate.size();
        for (Step step : changes) {
            if (extend(step) && step.start > truncate.end && step.end < start) {
                least = Math.max(least, step.size());
            }
        }
        return least;
    }

    /** The least size that the file can have had at some time between two ticks. */
    int least(long start, long end) {
        int least = Integer.MAX_VALUE;
        for (Step truncate : last(start, end)) {
            least = Math.min(least, least(truncate, start));
        }
        return least;
    }

    /** The greatest one. */
    int greatest(long start, long end) {
        int greatest = 0;
        for (Step truncate : last(start, end)) {
            greatest = Math.max(greatest, truncate.size());
        }
        long hidden = hidden(start);
        for (Step step : changes) {
            if (extend(step) && step.start < end && step.end >= hidden) {
                greatest = Math.max(greatest, step.size());
            }
        }
        return greatest;
    }

    /** Whether the file can have had exactly this size at some time between two ticks. */
    boolean isPossible(long size, long start, long end) {
        for (Step truncate : last(start, end)) {
            int least = least(truncate, start);
            if (size == least) {
                return true;
            }
            for (Step step : changes) {
                if (size > least
                        && extend(step)
                        && step.start < end
                        && step.end > truncate.start
                        && reaches(step, size, start)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A write in flight may be done in part. */
    private static boolean reaches(Step step, long size, long start) {
        boolean partly = step.kind == Step.Kind.WRITE && step.end > start;
        return size == step.size() || (partly && size > step.position && size < step.size());
    }

    String explain() {
        StringBuilder text = new StringBuilder("the size was ").append(settled).append("; then:");
        changes.forEach(step -> text.append("\n  ").append(step));
        return text.toString();
    }
}
