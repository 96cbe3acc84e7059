// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.hammer;

import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import java.util.SplittableRandom;

/**
 * One of two writers that overwrite the same pages at the same time, one with whole blocks, one
 * with parts of them. Which of their bytes is left is nobody's promise; that it is one of theirs,
 * and that fsync succeeds, is.
 */
final class Overlapping {
    private static final int PAGE = 4096;

    private final Hammer hammer;
    private final AioFile file;
    private final int firstPage;
    private final int pages;
    private final boolean whole;
    private final byte fill;
    private final SplittableRandom random;

    Overlapping(Hammer hammer, AioFile file, int firstPage, int pages, boolean whole, int fill) {
        this.hammer = hammer;
        this.file = file;
        this.firstPage = firstPage;
        this.pages = pages;
        this.whole = whole;
        this.fill = (byte) fill;
        this.random = new SplittableRandom(fill);
    }

    void next() {
        if (hammer.stopped()) {
            hammer.chainDone();
            return;
        }
        int length = whole ? PAGE : 1 + random.nextInt(1000);
        int from = whole ? 0 : random.nextInt(PAGE - length);
        long position = (long) (firstPage + random.nextInt(pages)) * PAGE + from;
        ByteBuf source = file.context().alloc().directBuffer(length);
        for (int i = 0; i < length; i++) {
            source.writeByte(fill);
        }
        file.write(source, position)
                .addListener(
                        f -> {
                            if (!f.isSuccess()) {
                                hammer.fail(f.cause());
                            } else if (random.nextInt(50) == 0) {
                                hammer.sync(file, this::goOn);
                            } else {
                                goOn();
                            }
                        });
    }

    private void goOn() {
        if (whole) {
            next();
        } else {
            hammer.pause(file, this::next);
        }
    }
}
