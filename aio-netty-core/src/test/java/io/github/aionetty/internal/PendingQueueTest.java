// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operations that wait for a slot. */
@Timeout(20)
class PendingQueueTest {

    @Test
    void operationsComeOutInOrderAndNoMoreThanTheBoundGoIn() {
        PendingQueue queue = new PendingQueue(2);
        TestOperation first = new TestOperation();
        TestOperation second = new TestOperation();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.offer(first)).isTrue();
        assertThat(queue.offer(second)).isTrue();
        assertThat(queue.offer(new TestOperation())).isFalse();
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
        PendingQueue queue = new PendingQueue(1);
        queue.offer(new TestOperation());
        assertThat(queue.rejection(32))
                .hasMessageContaining("pending=1")
                .hasMessageContaining("maxPending=1")
                .hasMessageContaining("capacity=32")
                .hasMessageContaining("raise");
    }

    @Test
    void aQueueOfNothingTakesNothing() {
        assertThat(new PendingQueue(0).offer(new TestOperation())).isFalse();
    }
}
