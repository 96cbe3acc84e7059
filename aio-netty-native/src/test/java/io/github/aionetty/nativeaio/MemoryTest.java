// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryTest {
    private static final int MIB = 1 << 20;

    private final Syscalls sys = LibAio.instance();

    @Test
    void anAddressIsThatOfTheFirstByteWhateverThePosition() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(100);
        long address = Memory.address(buffer);
        buffer.put(7, (byte) 42).position(50);
        assertThat(Memory.address(buffer)).isEqualTo(address);
        assertThat(Memory.address(buffer.slice())).isEqualTo(address + 50);
        assertThat(Memory.view(address, 100).get(7)).isEqualTo((byte) 42);
    }

    @Test
    void heapBuffersHaveNoAddress() {
        assertThatThrownBy(() -> Memory.address(ByteBuffer.allocate(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a direct buffer");
    }

    @Test
    void aViewIsWritableAndInNativeOrder() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        ByteBuffer view = Memory.view(Memory.address(buffer), 8);
        assertThat(view.order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(view.capacity()).isEqualTo(8);
        view.putLong(0, 0x0102030405060708L);
        assertThat(buffer.getLong(0)).isEqualTo(0x0102030405060708L);
    }

    @Test
    void absurdViewsAreRefused() {
        assertThatThrownBy(() -> Memory.view(0, 8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("address=0x0 capacity=8");
        assertThatThrownBy(() -> Memory.view(4096, -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Memory.view(4096, 1L + Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPageIsAPowerOfTwo() {
        assertThat(Memory.pageSize()).isGreaterThanOrEqualTo(4096);
        assertThat(Integer.bitCount(Memory.pageSize())).isEqualTo(1);
    }

    @Test
    void slabsAreAlignedToHugePagesAndReadAsZeros() {
        for (int length : new int[] {1, 4096, 2 * MIB, 5 * MIB + 3}) {
            long slab = sys.mmapSlab(length);
            assertThat(slab).isPositive();
            assertThat(slab % (2 * MIB)).isZero();
            ByteBuffer view = Memory.view(slab, length);
            assertThat(view.get(0)).isZero();
            assertThat(view.get(length - 1)).isZero();
            view.put(length - 1, (byte) 1);
            assertThat(sys.munmap(slab, length)).isZero();
        }
    }

    @Test
    void touchedSlabsAreHugePagesWhereTheSystemHasThem() throws IOException {
        Path enabled = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
        boolean expected = Files.exists(enabled) && !Files.readString(enabled).contains("[never]");
        long slab = sys.mmapSlab(8 * MIB);
        ByteBuffer view = Memory.view(slab, 8 * MIB);
        for (int i = 0; i < 8 * MIB; i += 4096) {
            view.put(i, (byte) 1);
        }
        if (expected) {
            assertThat(hugeKibAt(slab)).isPositive();
        }
        assertThat(sys.munmap(slab, 8 * MIB)).isZero();
    }

    /** KiB of huge pages in the mapping that contains the address. */
    private static long hugeKibAt(long address) throws IOException {
        List<String> smaps = Files.readAllLines(Path.of("/proc/self/smaps"));
        boolean inside = false;
        for (String line : smaps) {
            String[] words = line.split("[- ]+");
            if (words[0].matches("[0-9a-f]+") && words[1].matches("[0-9a-f]+")) {
                inside =
                        Long.parseUnsignedLong(words[0], 16) <= address
                                && address < Long.parseUnsignedLong(words[1], 16);
            } else if (inside && words[0].equals("AnonHugePages:")) {
                return Long.parseLong(words[1]);
            }
        }
        return -1;
    }

    @Test
    void absurdLengthsAreRefused() {
        assertThat(sys.mmapSlab(0)).isEqualTo(-Errno.EINVAL);
        assertThat(sys.mmapSlab(-1)).isEqualTo(-Errno.EINVAL);
        assertThat(sys.mmapSlab(Long.MAX_VALUE)).isEqualTo(-Errno.ENOMEM);
        assertThat(sys.munmap(1, 4096)).isEqualTo(-Errno.EINVAL);
    }
}
