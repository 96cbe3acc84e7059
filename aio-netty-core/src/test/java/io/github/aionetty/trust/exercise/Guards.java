// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.exercise;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Memory around the bytes that a read may fill, which nobody may touch. */
final class Guards {
    private static final int WIDTH = 64;
    private static final int BYTE = 0x5a;

    private Guards() {}

    static ByteBuf around(int length) {
        ByteBuf whole = Unpooled.directBuffer(length + 2 * WIDTH, length + 2 * WIDTH);
        fill(whole, 0);
        fill(whole, length + WIDTH);
        return whole;
    }

    private static void fill(ByteBuf whole, int from) {
        for (int i = 0; i < WIDTH; i++) {
            whole.setByte(from + i, BYTE);
        }
    }

    static ByteBuf inside(ByteBuf whole) {
        return whole.slice(WIDTH, whole.capacity() - 2 * WIDTH).clear();
    }

    static boolean areIntact(ByteBuf whole) {
        int end = whole.capacity() - WIDTH;
        for (int i = 0; i < WIDTH; i++) {
            if (whole.getByte(i) != BYTE || whole.getByte(end + i) != BYTE) {
                return false;
            }
        }
        return true;
    }
}
