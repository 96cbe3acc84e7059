// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.buffer.ByteBuf;

/** Checks what callers pass, and names the value and the remedy. */
final class Arguments {
    /** What one read or write takes: room is left below 2 GiB for alignment on both sides. */
    static final int MAX_LENGTH = 0x7ffe0000;

    private Arguments() {}

    static void range(long position, int length) {
        notNegative(position, "position");
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "length=" + length + " (expected: 0 to " + MAX_LENGTH + "; use several calls)");
        }
        if (position > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException(
                    "position=" + position + " + length=" + length + " exceeds the largest offset");
        }
    }

    static void extent(long position, long length) {
        notNegative(position, "position");
        notNegative(length, "length");
        if (position > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException(
                    "position=" + position + " + length=" + length + " exceeds the largest offset");
        }
    }

    static void allocation(long position, long length) {
        notNegative(position, "position");
        if (length <= 0 || position > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException(
                    "position="
                            + position
                            + " length="
                            + length
                            + " (expected: length >= 1, and an"
                            + " end below 2^63)");
        }
    }

    static void notNegative(long value, String name) {
        if (value < 0) {
            throw new IllegalArgumentException(name + "=" + value + " (expected: >= 0)");
        }
    }

    static void writable(ByteBuf dst) {
        notNull(dst, "dst");
        if (dst.isReadOnly()) {
            throw new IllegalArgumentException("dst=" + dst + " is read-only");
        }
    }

    static <T> T notNull(T value, String name) {
        if (value == null) {
            throw new NullPointerException(name);
        }
        return value;
    }
}
