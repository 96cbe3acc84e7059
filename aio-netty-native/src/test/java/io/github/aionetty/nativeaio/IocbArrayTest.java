// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class IocbArrayTest {
    private static final long DATA = 0x0102030405060708L;
    private static final long ADDRESS = 0x1112131415161718L;
    private static final long LENGTH = 0x2122232425262728L;
    private static final long OFFSET = 0x3132333435363738L;

    private final IocbArray array = new IocbArray(3);

    private void setSecond(int resFd) {
        array.set(1, DATA, Iocb.PWRITE, Iocb.RWF_NOWAIT, 77, ADDRESS, LENGTH, OFFSET, resFd);
    }

    private ByteBuffer bytes(int index) {
        return Memory.view(array.address(index), 64);
    }

    @Test
    void fieldsLieWhereTheKernelReadsThem() {
        setSecond(99);
        ByteBuffer iocb = bytes(1);
        assertThat(iocb.getLong(0)).isEqualTo(DATA);
        assertThat(iocb.getInt(8)).as("key").isZero();
        assertThat(iocb.getInt(12)).as("rw_flags").isEqualTo(8);
        assertThat(iocb.getShort(16)).as("opcode").isEqualTo((short) 1);
        assertThat(iocb.getShort(18)).as("reqprio").isZero();
        assertThat(iocb.getInt(20)).as("fd").isEqualTo(77);
        assertThat(iocb.getLong(24)).isEqualTo(ADDRESS);
        assertThat(iocb.getLong(32)).isEqualTo(LENGTH);
        assertThat(iocb.getLong(40)).isEqualTo(OFFSET);
        assertThat(iocb.getLong(48)).as("reserved").isZero();
        assertThat(iocb.getInt(56)).as("flags").isEqualTo(1);
        assertThat(iocb.getInt(60)).as("resfd").isEqualTo(99);
    }

    @Test
    void gettersGiveBackWhatWasSet() {
        setSecond(99);
        assertThat(array.data(1)).isEqualTo(DATA);
        assertThat(array.opcode(1)).isEqualTo(Iocb.PWRITE);
        assertThat(array.rwFlags(1)).isEqualTo(Iocb.RWF_NOWAIT);
        assertThat(array.fd(1)).isEqualTo(77);
        assertThat(array.bufferAddress(1)).isEqualTo(ADDRESS);
        assertThat(array.length(1)).isEqualTo(LENGTH);
        assertThat(array.offset(1)).isEqualTo(OFFSET);
        assertThat(array.resFd(1)).isEqualTo(99);
    }

    @Test
    void everyByteIsOverwritten() {
        ByteBuffer iocb = bytes(1);
        for (int i = 0; i < 64; i++) {
            iocb.put(i, (byte) 0xff);
        }
        array.set(1, 0, 0, 0, 0, 0, 0, 0, -1);
        for (int i = 0; i < 64; i++) {
            assertThat(iocb.get(i)).as("byte " + i).isZero();
        }
    }

    @Test
    void neighboursAreLeftAlone() {
        setSecond(99);
        for (int i = 0; i < 64; i++) {
            assertThat(bytes(0).get(i)).isZero();
            assertThat(bytes(2).get(i)).isZero();
        }
    }

    @Test
    void withoutAnEventFdNothingIsSignalled() {
        setSecond(-1);
        assertThat(array.resFd(1)).isEqualTo(-1);
        assertThat(bytes(1).getInt(56)).as("flags").isZero();
        setSecond(0);
        assertThat(array.resFd(1)).as("descriptor 0 is one like any other").isZero();
    }

    @Test
    void everyPointerPointsToItsIocb() {
        for (int i = 0; i < 3; i++) {
            assertThat(Memory.view(array.pointers(i), 8).getLong(0)).isEqualTo(array.address(i));
        }
        assertThat(array.pointers(1)).isEqualTo(array.pointers(0) + 8);
        assertThat(array.address(1)).isEqualTo(array.address(0) + 64);
    }

    @Test
    void settingAllocatesNothing() {
        long allocated =
                Allocation.of(
                        () -> {
                            for (int i = 0; i < 20_000; i++) {
                                setSecond(i & 7);
                            }
                        });
        assertThat(allocated).isLessThan(1_000);
    }

    @Test
    void indexesAreChecked() {
        assertThatThrownBy(() -> array.set(3, 0, 0, 0, 0, 0, 0, 0, -1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("index=3 capacity=3");
        assertThatThrownBy(() -> array.pointers(-1)).hasMessage("index=-1 capacity=3");
        assertThatThrownBy(() -> array.address(3)).hasMessage("index=3 capacity=3");
        assertThatThrownBy(() -> array.data(Integer.MAX_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void capacitiesAreChecked() {
        assertThat(array.capacity()).isEqualTo(3);
        assertThatThrownBy(() -> new IocbArray(0)).hasMessageContaining("capacity=0");
        assertThatThrownBy(() -> new IocbArray(Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClosedArrayRefusesEverything() {
        array.close();
        array.close();
        assertThatThrownBy(() -> setSecond(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> array.pointers(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> array.address(0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> array.fd(0)).isInstanceOf(IllegalStateException.class);
    }
}
