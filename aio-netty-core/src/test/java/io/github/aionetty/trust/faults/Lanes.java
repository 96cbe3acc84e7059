// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;

/**
 * Keeps operations in flight: each lane begins the next one when its last has completed, and has
 * its result checked.
 */
final class Lanes {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** How what a lane has begun may end; throws if it has not. */
    interface Check {
        /** {@code after}: whether it was begun after the fault; {@code number}: from 0 on. */
        void ended(Future<?> done, int number, boolean after);
    }

    /** How often something ended well, and how often not, begun before the fault and after it. */
    static final class Tally {
        final AtomicInteger good = new AtomicInteger();
        final AtomicInteger goodAfter = new AtomicInteger();
        final AtomicInteger failed = new AtomicInteger();
        final AtomicInteger failedAfter = new AtomicInteger();

        int count() {
            return good.get() + goodAfter.get() + failed.get() + failedAfter.get();
        }

        @Override
        public String toString() {
            return good + "+" + goodAfter + " done, " + failed + "+" + failedAfter + " failed";
        }
    }

    private final Map<String, Tally> tallies = new ConcurrentHashMap<>();
    private final Queue<Throwable> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean after;
    private volatile boolean stopped;

    /** Opens a lane. */
    void open(String name, IntFunction<Future<?>> begin, Check check) {
        running.incrementAndGet();
        tallies.putIfAbsent(name, new Tally());
        next(name, 0, begin, check);
    }

    private void next(String name, int number, IntFunction<Future<?>> begin, Check check) {
        if (stopped) {
            running.decrementAndGet();
            return;
        }
        boolean late = after;
        try {
            begin.apply(number)
                    .addListener(
                            done -> {
                                ended(name, done, number, late, check);
                                next(name, number + 1, begin, check);
                            });
        } catch (Throwable t) {
            wrong.add(t);
            running.decrementAndGet();
        }
    }

    private void ended(String name, Future<?> done, int number, boolean late, Check check) {
        Tally tally = tallies.get(name);
        AtomicInteger count =
                done.isSuccess()
                        ? late ? tally.goodAfter : tally.good
                        : late ? tally.failedAfter : tally.failed;
        count.incrementAndGet();
        try {
            check.ended(done, number, late);
        } catch (Throwable t) {
            wrong.add(
                    new AssertionError(
                            name + " number " + number + (late ? ", after the fault" : ""), t));
        }
    }

    /** Waits until something that a lane has begun after the fault has failed. */
    void awaitFailure(String name) {
        Awaitility.await(name + " fails")
                .atMost(PATIENCE)
                .until(() -> !wrong.isEmpty() || tallies.get(name).failedAfter.get() > 0);
    }

    /** Waits until every lane has had so many results, good or not, since this call. */
    void awaitMore(int results) {
        Map<String, Integer> wanted = new HashMap<>();
        tallies.forEach((name, tally) -> wanted.put(name, tally.count() + results));
        Awaitility.await("results of every lane")
                .atMost(PATIENCE)
                .until(
                        () ->
                                !wrong.isEmpty()
                                        || wanted.keySet().stream()
                                                .allMatch(
                                                        each ->
                                                                tallies.get(each).count()
                                                                        >= wanted.get(each)));
    }

    /** The fault is there: from now on other results are expected. */
    void fault() {
        after = true;
    }

    /** Waits for what is in flight. Fails if anything has ended as it may not, or not at all. */
    void stop() {
        stopped = true;
        Awaitility.await("every operation ends").atMost(PATIENCE).until(() -> running.get() == 0);
        if (!wrong.isEmpty()) {
            AssertionError first = new AssertionError(wrong.size() + " wrong results: " + this);
            wrong.stream().limit(3).forEach(first::addSuppressed);
            throw first;
        }
        assertThat(tallies).isNotEmpty();
    }

    @Override
    public String toString() {
        return tallies.toString();
    }
}
