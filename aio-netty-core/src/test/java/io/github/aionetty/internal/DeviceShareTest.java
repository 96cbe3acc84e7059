// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Loops that share the queue of one device. */
class DeviceShareTest {
    private final DeviceState device = device(64, 1);
    private final int most = 56;

    private static DeviceState device(int requests, int queues) {
        return new DeviceState(new RequestPool(new RequestQueue(null, requests, queues)));
    }

    private static TestOperation operation(int requests) {
        TestOperation operation = new TestOperation();
        operation.requests = requests;
        return operation;
    }

    private DeviceShare share() {
        DeviceShare share = new DeviceShare();
        share.use(device);
        return share;
    }

    /** How many operations of one request may begin, one after the other. */
    private static int fill(DeviceShare share) {
        int begun = 0;
        while (share.admits(1)) {
            share.begin(operation(1));
            begun++;
        }
        return begun;
    }

    @Test
    void oneLoopMayHaveAllButTheLastEighthOfTheQueue() {
        assertThat(fill(share())).isEqualTo(most);
    }

    @Test
    void aLoopUsesOneOfSeveralQueues() {
        DeviceShare share = new DeviceShare();
        share.use(device(64, 4));
        assertThat(fill(share)).isEqualTo(most);
    }

    @Test
    void anotherLoopGetsWhatIsLeftAndAlwaysOneOperation() {
        DeviceShare first = share();
        DeviceShare second = share();
        assertThat(fill(first)).isEqualTo(most);
        assertThat(fill(second)).isEqualTo(1);
        assertThat(device.pool.lendable()).isZero();
        for (int i = 0; i < most; i++) {
            first.end(operation(1));
        }
        assertThat(fill(second)).as("after the first has come to rest").isGreaterThan(16);
    }

    @Test
    void ofASmallQueueNoMoreIsLentThanItHas() {
        DeviceState small = device(16, 1);
        int begun = 0;
        for (int i = 0; i < 8; i++) {
            DeviceShare share = new DeviceShare();
            share.use(small);
            begun += fill(share);
            assertThat(small.pool.lendable()).isNotNegative();
        }
        assertThat(begun).as("fourteen, and one alone where there are none").isEqualTo(14 + 7);
    }

    @Test
    void aLoopMayHaveLessThanAChunk() {
        DeviceShare share = new DeviceShare();
        share.use(device(4, 8));
        assertThat(fill(share)).isEqualTo(4);
    }

    @Test
    void whoComesToRestGivesAllBackWhereTheOthersHaveHalf() {
        DeviceShare busy = share();
        while (device.pool.lendable() >= most / 2) {
            busy.admits(1);
            busy.begin(operation(1));
        }
        DeviceShare resting = share();
        int before = device.pool.lendable();
        for (int i = 0; i < 3; i++) {
            assertThat(fill(resting)).isGreaterThan(8);
            while (resting.requests() > 0) {
                resting.end(operation(1));
            }
            assertThat(device.pool.lendable()).isEqualTo(before);
        }
    }

    @Test
    void oneOperationAtATimeBorrowsOnce() {
        DeviceShare share = share();
        share.admits(1);
        int before = device.pool.lendable();
        for (int i = 0; i < 100; i++) {
            assertThat(share.admits(1)).isTrue();
            share.begin(operation(1));
            assertThat(device.pool.lendable()).isEqualTo(before);
            share.end(operation(1));
            assertThat(device.pool.lendable()).isEqualTo(before);
        }
    }

    @Test
    void loopsAtRestLeaveHalfTheQueueToABusyOne() {
        DeviceState large = device(128, 1);
        for (int i = 0; i < 64; i++) {
            DeviceShare share = new DeviceShare();
            share.use(large);
            share.admits(1);
            share.begin(operation(1));
            share.end(operation(1));
        }
        DeviceShare busy = new DeviceShare();
        busy.use(large);
        // Half, but for the chunk that the last one to keep it has begun with.
        assertThat(fill(busy)).isGreaterThanOrEqualTo(112 / 2);
    }

    @Test
    void whatIsLargerThanTheWholeQueueGoesAlone() {
        DeviceShare share = share();
        assertThat(share.admits(1000)).isTrue();
        share.begin(operation(1000));
        assertThat(share.admits(1)).isFalse();
        share.end(operation(1000));
        assertThat(share.admits(1)).isTrue();
    }

    @Test
    void withoutADeviceThereIsNoLimit() {
        DeviceShare share = new DeviceShare();
        share.begin(operation(100_000));
        assertThat(share.admits(1)).isTrue();
    }

    @Test
    void afterAllFilesWereClosedTheNextDeviceBeginsAnew() {
        DeviceShare share = share();
        share.begin(operation(1));
        share.end(operation(1));
        DeviceState next = device(16, 1);
        share.use(next);
        assertThat(fill(share)).isEqualTo(14);
        assertThat(next.pool.lendable()).isZero();
    }

    @Test
    void whatWasLentByADeviceThatIsNotUsedAnyMoreGoesBackToIt() {
        DeviceShare share = share();
        share.begin(operation(1));
        share.admits(1);
        share.end(operation(1));
        assertThat(device.pool.lendable()).isLessThan(most);
        share.use(new DeviceState());
        assertThat(device.pool.lendable()).isEqualTo(most);
    }

    @Test
    void aQueueOfOperationsThatEndsGivesBackWhatItWasLent() {
        PendingQueue queue = new PendingQueue(100, 32);
        DeviceShare share = queue.share(1L);
        share.use(device);
        assertThat(fill(share)).isEqualTo(most);
        for (int i = 0; i < most; i++) {
            share.end(operation(1));
        }
        queue.giveBack();
        assertThat(device.pool.lendable()).isEqualTo(most);
    }

    @Test
    void nothingIsLostOverALongTime() {
        Random random = new Random(1);
        DeviceShare[] shares = {share(), share(), share()};
        Deque<TestOperation>[] begun = queues(shares.length);
        for (int i = 0; i < 100_000; i++) {
            int which = random.nextInt(shares.length);
            TestOperation next = operation(1 + random.nextInt(9));
            if (random.nextBoolean() && shares[which].admits(next.requests)) {
                shares[which].begin(next);
                begun[which].add(next);
            } else if (!begun[which].isEmpty()) {
                shares[which].end(begun[which].poll());
            }
            int inFlight = 0;
            for (DeviceShare share : shares) {
                inFlight += share.requests();
            }
            // Each loop may have one operation alone, whatever there is.
            assertThat(inFlight).isLessThanOrEqualTo(most + shares.length * 9);
        }
        for (int which = 0; which < shares.length; which++) {
            while (!begun[which].isEmpty()) {
                shares[which].end(begun[which].poll());
            }
            assertThat(shares[which].requests()).isZero();
        }
        assertThat(device.pool.lendable()).isBetween(most - shares.length * 24, most);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Deque<TestOperation>[] queues(int count) {
        Deque[] queues = new Deque[count];
        for (int i = 0; i < count; i++) {
            queues[i] = new ArrayDeque<TestOperation>();
        }
        return queues;
    }
}
