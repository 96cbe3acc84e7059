// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.hammer;

import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;

/**
 * One writer: it owns the same bytes {@code [from, from + length)} of every page of a range, and
 * rewrites them over and over, reading each one back by another descriptor.
 */
final class Stripes {
    private static final int PAGE = 4096;

    private final Hammer hammer;
    private final AioFile writer;
    private final AioFile reader;
    private final int firstPage;
    private final int pages;
    private final int from;
    private final int length;
    private final SplittableRandom random;

    Stripes(
            Hammer hammer,
            AioFile writer,
            AioFile reader,
            int firstPage,
            int pages,
            int from,
            int length) {
        this.hammer = hammer;
        this.writer = writer;
        this.reader = reader;
        this.firstPage = firstPage;
        this.pages = pages;
        this.from = from;
        this.length = length;
        this.random = new SplittableRandom(31L * from + firstPage);
    }

    void next() {
        if (hammer.stopped()) {
            hammer.chainDone();
            return;
        }
        long position = (long) (firstPage + random.nextInt(pages)) * PAGE + from;
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        // Direct writes from memory of ours are free of copies; the others are of any kind.
        ByteBuf source =
                random.nextBoolean()
                        ? writer.context().alloc().directBuffer(length).writeBytes(bytes)
                        : Unpooled.wrappedBuffer(bytes);
        writer.write(source, position)
                .addListener(
                        f -> {
                            if (!f.isSuccess()) {
                                hammer.fail(f.cause());
                                return;
                            }
                            hammer.wrote(position, bytes);
                            readBack(position, bytes);
                        });
    }

    private void readBack(long position, byte[] expected) {
        if (random.nextInt(4) != 0) {
            syncSometimes();
            return;
        }
        reader.read(position, length)
                .addListener(
                        f -> {
                            if (!f.isSuccess()) {
                                hammer.fail(f.cause());
                                return;
                            }
                            ByteBuf read = (ByteBuf) f.getNow();
                            boolean same = read.equals(Unpooled.wrappedBuffer(expected));
                            read.release();
                            if (same) {
                                syncSometimes();
                            } else {
                                hammer.fail(
                                        new AssertionError(
                                                "wrong bytes at position="
                                                        + position
                                                        + " length="
                                                        + length));
                            }
                        });
    }

    private void syncSometimes() {
        if (random.nextInt(50) != 0) {
            goOn();
            return;
        }
        hammer.sync(random.nextBoolean() ? writer : reader, this::goOn);
    }

    private void goOn() {
        if (length == PAGE) {
            next();
        } else {
            hammer.pause(writer, this::next);
        }
    }
}
