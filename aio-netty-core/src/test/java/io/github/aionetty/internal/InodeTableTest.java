// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Inodes and devices, each once while it is used. */
class InodeTableTest {
    private static final Path DISK = Path.of("disk");

    private final List<Long> asked = new ArrayList<>();

    /** Of devices 3 and 4, which are partitions. */
    private final Map<Long, Path> disks = Map.of(3L, DISK, 4L, DISK, 5L, Path.of("other"));

    private final InodeTable table = new InodeTable(this::queue);

    private RequestQueue queue(long device) {
        assertThat(Thread.holdsLock(tableInUse())).as("in the monitor").isFalse();
        asked.add(device);
        return new RequestQueue(disks.get(device), 16, 1);
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
    void partitionsOfADiskLendFromOnePool() {
        RequestPool one = acquire(3, 10).device.pool;
        InodeState other = acquire(4, 10);
        assertThat(other.device).as("journals are apart").isNotSameAs(acquire(3, 11).device);
        assertThat(other.device.pool).isSameAs(one);
        assertThat(acquire(5, 10).device.pool).isNotSameAs(one);
        assertThat(acquire(1, 10).device.pool)
                .as("of an unknown disk")
                .isNotSameAs(acquire(2, 10).device.pool);
        assertThat(table.pools()).isEqualTo(2);
        table.release(3, 10);
        table.release(3, 11);
        assertThat(acquire(3, 10).device.pool).isSameAs(one);
        table.release(3, 10);
        table.release(4, 10);
        table.release(5, 10);
        assertThat(table.pools()).isZero();
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
