// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;

/** File contents that say which byte they are: of a seed, and of a position in the file. */
public final class Pattern {
    private Pattern() {}

    private static byte at(long position, int seed) {
        long mixed = (position + 1) * 0x9e3779b97f4a7c15L + seed * 0xc2b2ae3d27d4eb4fL;
        return (byte) (mixed >>> 56);
    }

    /** The content of a range. */
    public static byte[] bytes(long position, int length, int seed) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = at(position + i, seed);
        }
        return bytes;
    }

    /** The content of a range, of the seed 0. */
    public static byte[] bytes(long position, int length) {
        return bytes(position, length, 0);
    }

    /** Compares what is readable with an array's part. */
    public static void check(ByteBuf actual, byte[] content, int from, int length) {
        assertThat(actual.readableBytes()).as("readable bytes").isEqualTo(length);
        byte[] read = new byte[length];
        actual.getBytes(actual.readerIndex(), read);
        int mismatch = java.util.Arrays.mismatch(read, 0, length, content, from, from + length);
        assertThat(mismatch).as("first wrong byte of %s from %s on", length, from).isEqualTo(-1);
    }
}
