// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Inodes and devices, each once while it is used. */
class InodeTableTest {
    private final List<Long> asked = new ArrayList<>();
    private final InodeTable table = new InodeTable(this::queue);

    private RequestQueue queue(long device) {
        assertThat(Thread.holdsLock(tableInUse())).as("in the monitor").isFalse();
        asked.add(device);
        return RequestQueue.DEFAULT;
    }

    private InodeTable tableInUse() {
        return table;
    }

    private InodeState acquire(long device, long inode) {
        return table.acquire(device, inode, 4096, 0);
    }

    @Test
    void theQueueOfADeviceIsLookedUpOnceWhileItIsUsedAndNotInTheMonitor() {
        InodeState first = acquire(1, 10);
        acquire(1, 11);
        acquire(1, 10);
        table.acquireDevice(1);
        acquire(2, 10);
        assertThat(asked).containsExactly(1L, 2L);
        assertThat(table.acquireDevice(1)).isSameAs(first.device);
        assertThat(asked).containsExactly(1L, 2L);
    }

    @Test
    void aDeviceIsForgottenWithItsLastUser() {
        InodeState first = acquire(1, 10);
        assertThat(acquire(1, 10)).isSameAs(first);
        assertThat(acquire(1, 11)).isNotSameAs(first);
        table.release(1, 10);
        table.release(1, 11);
        assertThat(table.devices()).isEqualTo(1);
        assertThat(acquire(1, 10)).isSameAs(first);
        table.release(1, 10);
        table.release(1, 10);
        assertThat(table.devices()).isZero();
        assertThat(table.size()).isZero();
        assertThat(acquire(1, 10)).isNotSameAs(first);
        assertThat(asked).containsExactly(1L, 1L);
    }
}
