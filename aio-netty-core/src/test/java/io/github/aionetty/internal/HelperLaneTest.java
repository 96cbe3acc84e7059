// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.support.Logs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Helper threads: bounded, shared fairly, and gone when there is nothing to do. */
@Timeout(60)
class HelperLaneTest {
    private static final String NAME = "aio-netty-test";
    private final HelperLane lane = new HelperLane(NAME, 4, 0.75);

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("still waiting");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Thread> helpers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(NAME + "-"))
                .toList();
    }

    /** Keeps threads of a device busy until the latch opens; returns when they are. */
    private CountDownLatch hang(long device, int threads) {
        CountDownLatch hung = new CountDownLatch(threads);
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < threads; i++) {
            lane.execute(
                    device,
                    () -> {
                        hung.countDown();
                        await(end);
                    });
        }
        await(hung);
        return end;
    }

    @Test
    void aHungDeviceLeavesAThreadForTheOthers() {
        CountDownLatch end = hang(1, 3);
        AtomicInteger stuck = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            lane.execute(1L, stuck::incrementAndGet);
        }
        CountDownLatch others = new CountDownLatch(200);
        for (int i = 0; i < 100; i++) {
            lane.execute(2L, others::countDown);
            lane.execute(HelperLane.CHORES, others::countDown);
        }
        await(others);
        assertThat(stuck).hasValue(0);
        assertThat(helpers()).hasSizeLessThanOrEqualTo(4);
        end.countDown();
        Awaitility.await().until(() -> stuck.get() == 100);
    }

    @Test
    void noMoreThreadsRunThanTheLaneMayHave() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(2000);
        for (int i = 0; i < 2000; i++) {
            lane.execute(
                    i % 50L,
                    () -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        running.decrementAndGet();
                        done.countDown();
                    });
        }
        await(done);
        assertThat(most.get()).isBetween(1, 4);
        assertThat(helpers()).hasSizeLessThanOrEqualTo(4).allMatch(Thread::isDaemon);
    }

    @Test
    void tasksOfOneDeviceStartInOrder() {
        // Three quarters of two threads: one, so that the order of starts is the order of ends.
        HelperLane narrow = new HelperLane(NAME, 2, 0.75);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Integer> expected = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1000);
        for (int i = 0; i < 1000; i++) {
            int number = i;
            expected.add(i);
            narrow.execute(
                    1L,
                    () -> {
                        order.add(number);
                        done.countDown();
                    });
            narrow.execute(2L, () -> {});
        }
        await(done);
        assertThat(order).isEqualTo(expected);
    }

    @Test
    void devicesAreServedInTurn() {
        HelperLane narrow = new HelperLane(NAME, 2, 0.75);
        CountDownLatch begin = new CountDownLatch(1);
        // Both threads wait, so that all is queued before the first task of these starts.
        CountDownLatch waiting = new CountDownLatch(2);
        for (long device = 1; device <= 2; device++) {
            narrow.execute(
                    device,
                    () -> {
                        waiting.countDown();
                        await(begin);
                    });
        }
        await(waiting);
        AtomicInteger ofTheBusyOne = new AtomicInteger();
        CountDownLatch busy = new CountDownLatch(10_000);
        for (int i = 0; i < 10_000; i++) {
            narrow.execute(
                    3L,
                    () -> {
                        ofTheBusyOne.incrementAndGet();
                        busy.countDown();
                    });
        }
        AtomicInteger before = new AtomicInteger(-1);
        CountDownLatch quiet = new CountDownLatch(1);
        narrow.execute(
                4L,
                () -> {
                    before.set(ofTheBusyOne.get());
                    quiet.countDown();
                });
        begin.countDown();
        await(quiet);
        assertThat(before.get()).as("tasks of the busy device in front").isLessThan(5000);
        await(busy);
    }

    @Test
    void idleThreadsEndAndNewOnesAreStartedLater() {
        for (int round = 0; round < 2; round++) {
            CountDownLatch end = hang(1, 2);
            assertThat(helpers()).isNotEmpty();
            end.countDown();
            Awaitility.await()
                    .atMost(10, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(helpers()).isEmpty());
        }
    }

    @Test
    void aTaskThatThrowsHarmsNoOther() {
        try (Logs logs = Logs.of(HelperLane.class)) {
            for (int i = 0; i < 100; i++) {
                lane.execute(
                        1L,
                        () -> {
                            throw new IllegalStateException("expected by the test");
                        });
            }
            Awaitility.await().until(() -> logs.messages().size() == 100);
        }
    }

    @Test
    void anInterruptEndsNoHelper() {
        CountDownLatch first = new CountDownLatch(1);
        lane.execute(1L, first::countDown);
        await(first);
        helpers().forEach(Thread::interrupt);
        CountDownLatch second = new CountDownLatch(10);
        for (int i = 0; i < 10; i++) {
            lane.execute(1L, second::countDown);
        }
        await(second);
    }

    @Test
    void tooManyWaitingTasksAreRejectedAndTheLaneRecovers() {
        CountDownLatch end = hang(1, 3);
        CountDownLatch done = new CountDownLatch(1 << 17);
        for (int i = 0; i < 1 << 17; i++) {
            lane.execute(1L, done::countDown);
        }
        assertThatThrownBy(() -> lane.execute(1L, () -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("queued=131072");
        end.countDown();
        await(done);
        CountDownLatch again = new CountDownLatch(1);
        lane.execute(1L, again::countDown);
        await(again);
    }

    @Test
    void noTaskIsLostUnderContention() throws InterruptedException {
        int each = 20_000;
        CountDownLatch done = new CountDownLatch(4 * each);
        List<Thread> callers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Random random = new Random(t);
            Thread caller =
                    new Thread(
                            () -> {
                                for (int i = 0; i < each; i++) {
                                    lane.execute((long) random.nextInt(3000), done::countDown);
                                }
                            });
            caller.start();
            callers.add(caller);
        }
        for (Thread caller : callers) {
            caller.join();
        }
        await(done);
    }
}
