// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.exercise;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What every write writes: bytes that depend on the write and on their position in the file, so
 * that a read byte tells whose it may be. All of them lie in one table of random bytes, which makes
 * comparing as fast as comparing arrays is.
 */
final class Content {
    /** The version of bytes that nobody has written. */
    static final int ZERO = 0;

    private static final int SHIFT_BITS = 20;
    private static final int GOLDEN = 0x9E3779B1;

    private final byte[] table;
    private final byte[] zeros;

    /** For files of at most {@code limit} bytes. */
    Content(int limit) {
        table = new byte[(1 << SHIFT_BITS) + limit];
        new SplittableRandom(limit).nextBytes(table);
        zeros = new byte[limit];
    }

    private byte[] source(int version) {
        return version == ZERO ? zeros : table;
    }

    /** Where the file's first byte, as that version has it, lies in the table. */
    private static int shift(int version) {
        return (version * GOLDEN) >>> (Integer.SIZE - SHIFT_BITS);
    }

    byte[] bytes(int version, int position, int length) {
        int at = shift(version) + position;
        return Arrays.copyOfRange(source(version), at, at + length);
    }

    void fill(int version, int position, byte[] target, int from, int length) {
        System.arraycopy(source(version), shift(version) + position, target, from, length);
    }

    /** How many of the bytes, from the first on, are that version's. */
    int matching(int version, int position, byte[] actual, int from, int length) {
        int at = shift(version) + position;
        return prefix(source(version), at, actual, from, length);
    }

    static int prefix(byte[] expected, int at, byte[] actual, int from, int length) {
        int mismatch = Arrays.mismatch(expected, at, at + length, actual, from, from + length);
        return mismatch < 0 ? length : mismatch;
    }
}
