// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import io.netty.buffer.ByteBuf;

/** Bytes that say where they belong and which write they are of. */
final class Pattern {
    /** The seed of what was never written. */
    static final int ZEROS = 0;

    private Pattern() {}

    static byte at(long position, int seed) {
        return seed == ZEROS ? 0 : (byte) (seed * 73 + (position >>> 9) * 31 + position);
    }

    /** Appends the bytes of a write to {@code buffer}. */
    static ByteBuf fill(ByteBuf buffer, long position, int length, int seed) {
        for (int i = 0; i < length; i++) {
            buffer.writeByte(at(position + i, seed));
        }
        return buffer;
    }
}
