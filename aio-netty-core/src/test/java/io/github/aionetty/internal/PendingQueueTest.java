// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operations that wait for a slot. */
@Timeout(20)
class PendingQueueTest {

    @Test
    void operationsComeOutInOrderAndNoMoreThanTheBoundGoIn() {
        PendingQueue queue = new PendingQueue(2, 32);
        TestOperation first = waiting(queue, 1L);
        TestOperation second = waiting(queue, 1L);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.offer(first)).isTrue();
        assertThat(queue.offer(second)).isTrue();
        assertThat(queue.offer(waiting(queue, 1L))).isFalse();
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.poll()).isSameAs(first);
        assertThat(queue.offer(first)).isTrue();
        assertThat(queue.poll()).isSameAs(second);
        assertThat(queue.poll()).isSameAs(first);
        assertThat(queue.poll()).isNull();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aRejectionNamesTheLimitsAndTheRemedy() {
        PendingQueue queue = new PendingQueue(1, 32);
        queue.offer(waiting(queue, 1L));
        assertThat(queue.rejection(32))
                .hasMessageContaining("pending=1")
                .hasMessageContaining("maxPending=1")
                .hasMessageContaining("capacity=32")
                .hasMessageContaining("raise");
    }

    @Test
    void aQueueOfNothingTakesNothing() {
        PendingQueue queue = new PendingQueue(0, 32);
        assertThat(queue.offer(waiting(queue, 1L))).isFalse();
    }

    @Test
    void noDeviceGetsTheLastEighthOfTheSlots() {
        PendingQueue queue = new PendingQueue(100, 32);
        DeviceShare hung = queue.share(1L);
        hung.inUse = 28;
        assertThat(queue.mayPass(waiting(queue, 1L))).isFalse();
        assertThat(queue.mayPass(waiting(queue, 2L))).isTrue();
        queue.offer(waiting(queue, 1L));
        TestOperation passing = waiting(queue, 2L);
        queue.offer(passing);
        assertThat(queue.poll()).isSameAs(passing);
        assertThat(queue.poll()).as("the hung device's share is used up").isNull();
        assertThat(queue.size()).isEqualTo(1);
        queue.freed(waiting(queue, 1L));
        assertThat(queue.poll()).isNotNull();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void devicesTakeTurnsAndEachKeepsItsOrder() {
        PendingQueue queue = new PendingQueue(100, 32);
        TestOperation[] one = {waiting(queue, 1L), waiting(queue, 1L)};
        TestOperation[] two = {waiting(queue, 2L), waiting(queue, 2L)};
        for (TestOperation operation : List.of(one[0], one[1], two[0], two[1])) {
            queue.offer(operation);
        }
        assertThat(List.of(queue.poll(), queue.poll(), queue.poll(), queue.poll()))
                .containsExactly(one[0], two[0], one[1], two[1]);
    }

    @Test
    void whatMayNotBeginCanStillBeFailed() {
        PendingQueue queue = new PendingQueue(100, 32);
        queue.share(1L).inUse = 32;
        TestOperation stuck = waiting(queue, 1L);
        queue.offer(stuck);
        assertThat(queue.poll()).isNull();
        assertThat(queue.pollAny()).isSameAs(stuck);
        assertThat(queue.pollAny()).isNull();
    }

    @Test
    void nobodyPassesAnOperationThatCouldBegin() {
        PendingQueue queue = new PendingQueue(100, 32);
        queue.offer(waiting(queue, 1L));
        assertThat(queue.mayPass(waiting(queue, 2L))).isFalse();
        queue.poll();
        assertThat(queue.mayPass(waiting(queue, 2L))).isTrue();
    }

    private static TestOperation waiting(PendingQueue queue, Long device) {
        TestOperation operation = new TestOperation();
        operation.share = queue.share(device);
        return operation;
    }
}
