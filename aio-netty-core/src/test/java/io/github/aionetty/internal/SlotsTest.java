// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The table of operations in flight. */
@Timeout(20)
class SlotsTest {
    private static final int CAPACITY = 5;
    private final Slots slots = new Slots(CAPACITY);

    @Test
    void everySlotIsGivenOutOnceAndTheLowestFirst() {
        for (int i = 0; i < CAPACITY; i++) {
            assertThat(slots.isFull()).isFalse();
            assertThat(slots.inUse()).isEqualTo(i);
            TestOperation operation = new TestOperation();
            slots.take(operation);
            assertThat(operation.slot).isEqualTo(i);
            assertThat(slots.get(i)).isSameAs(operation);
        }
        assertThat(slots.isFull()).isTrue();
        assertThat(slots.inUse()).isEqualTo(slots.capacity()).isEqualTo(CAPACITY);
    }

    @Test
    void aCompletionForASlotThatIsNotInUseIsAnError() {
        assertThatThrownBy(() -> slots.get(3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("slot=3");
        assertThat(slots.peek(3)).isNull();
    }

    @Test
    void anOperationIsFreedOnlyFromItsOwnSlot() {
        TestOperation owner = new TestOperation();
        slots.take(owner);
        TestOperation stranger = new TestOperation();
        stranger.slot = owner.slot;
        assertThatThrownBy(() -> slots.free(stranger)).isInstanceOf(IllegalStateException.class);
        assertThat(slots.inUse()).isOne();
        slots.free(owner);
        assertThat(owner.slot).isEqualTo(-1);
        assertThat(slots.inUse()).isZero();
    }

    @Test
    void slotsInUseAreAlwaysDistinct() {
        Random random = new Random(7);
        List<TestOperation> taken = new ArrayList<>();
        for (int step = 0; step < 10_000; step++) {
            if (!slots.isFull() && (taken.isEmpty() || random.nextBoolean())) {
                TestOperation operation = new TestOperation();
                slots.take(operation);
                taken.add(operation);
            } else {
                slots.free(taken.remove(random.nextInt(taken.size())));
            }
            Set<Integer> numbers = new HashSet<>();
            for (TestOperation each : taken) {
                assertThat(slots.get(each.slot)).isSameAs(each);
                numbers.add(each.slot);
            }
            assertThat(numbers).hasSameSizeAs(taken).hasSize(slots.inUse());
        }
    }
}
