// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

/**
 * What is read of a file, and how.
 *
 * @param offset bytes from the start of the file
 * @param length how many bytes
 * @param chunkSize how many bytes a read asks for at most
 * @param readAhead how many reads are begun before their turn, at most
 */
public record StreamRange(long offset, long length, int chunkSize, int readAhead) {
    /**
     * A multiple of every block size, and small enough to be held for thousands of slow clients.
     */
    public static final int CHUNK_SIZE = 64 * 1024;

    /** Enough to keep a disk busy that answers within a millisecond. */
    public static final int READ_AHEAD = 4;

    private static final int MAX_READ_AHEAD = 1024;

    /** Checks all of it. */
    public StreamRange {
        Arguments.notNegative(offset, "offset");
        Arguments.notNegative(length, "length");
        if (offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException(
                    "offset=" + offset + " length=" + length + " exceeds the largest offset");
        }
        if (chunkSize < 1 || chunkSize > Arguments.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "chunkSize=" + chunkSize + " (expected: 1 to " + Arguments.MAX_LENGTH + ")");
        }
        if (readAhead < 0 || readAhead > MAX_READ_AHEAD) {
            throw new IllegalArgumentException(
                    "readAhead=" + readAhead + " (expected: 0 to " + MAX_READ_AHEAD + ")");
        }
    }

    /** The position behind the last byte. */
    public long end() {
        return offset + length;
    }
}
