// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A block at an address that is made up: not all JVMs let Netty at the real one. */
final class Memory implements Words {
    static final long ADDRESS = 1L << 40;

    final ByteBuffer bytes;

    Memory(int size) {
        bytes = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }

    @Override
    public long get(long address) {
        assertThat(address % Long.BYTES).isZero();
        return bytes.getLong((int) (address - ADDRESS));
    }

    @Override
    public void put(long address, long value) {
        bytes.putLong((int) (address - ADDRESS), value);
    }
}
