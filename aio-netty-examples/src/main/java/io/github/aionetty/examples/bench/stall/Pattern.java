// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

/** Bytes that say where they belong and which write they are of. */
final class Pattern {
    /** The seed of what was never written. */
    static final int ZEROS = 0;

    private Pattern() {}

    static byte at(long position, int seed) {
        return seed == ZEROS ? 0 : (byte) (seed * 73 + (position >>> 9) * 31 + position);
    }

    /** The bytes of a write. */
    static byte[] bytes(long position, int length, int seed) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = at(position + i, seed);
        }
        return bytes;
    }
}
