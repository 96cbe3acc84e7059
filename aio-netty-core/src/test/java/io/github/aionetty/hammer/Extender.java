// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.hammer;

import io.github.aionetty.AioFile;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;

/**
 * Appends pieces of any length, whole blocks among them, sometimes beyond a gap that stays zero.
 */
final class Extender {
    private static final int BLOCK = 4096;

    private final Hammer hammer;
    private final AioFile file;
    private final long limit;
    private final SplittableRandom random = new SplittableRandom(7);
    private long end;

    Extender(Hammer hammer, AioFile file, long start, long limit) {
        this.hammer = hammer;
        this.file = file;
        this.end = start;
        this.limit = limit;
    }

    void next() {
        boolean whole = random.nextInt(3) == 0;
        long position = end;
        if (whole) {
            position = (end + BLOCK - 1) & -BLOCK;
        } else if (random.nextInt(5) == 0) {
            position += random.nextInt(3 * BLOCK);
        }
        int length = whole ? BLOCK * (1 + random.nextInt(4)) : 1 + random.nextInt(3 * BLOCK);
        if (hammer.stopped() || position + length > limit) {
            hammer.chainDone();
            return;
        }
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        long at = position;
        file.write(Unpooled.wrappedBuffer(bytes), at)
                .addListener(
                        f -> {
                            if (!f.isSuccess()) {
                                hammer.fail(f.cause());
                                return;
                            }
                            hammer.wrote(at, bytes);
                            end = at + bytes.length;
                            if (random.nextInt(20) == 0) {
                                hammer.sync(file, this::next);
                            } else {
                                next();
                            }
                        });
    }
}
