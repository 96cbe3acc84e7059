// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.hammer;

import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Owns the end of the file: allocates it, writes some of its blocks and parts of others at once,
 * reads all of it, and truncates it, to less and to more. What was cut off has to come back as
 * zeros.
 */
final class Resizer {
    private static final int PAGE = 4096;
    private static final int PAGES = 48;

    private final Hammer hammer;
    private final AioFile one;
    private final AioFile two;
    private final long start;
    private final SplittableRandom random = new SplittableRandom(11);

    Resizer(Hammer hammer, AioFile one, AioFile two, long start) {
        this.hammer = hammer;
        this.one = one;
        this.two = two;
        this.start = start;
    }

    void next() {
        if (hammer.stopped()) {
            hammer.chainDone();
            return;
        }
        AioFile file = random.nextBoolean() ? one : two;
        long end = start + random.nextInt(PAGES * PAGE);
        long length = (long) PAGES * PAGE;
        switch (random.nextInt(3)) {
            case 0 -> then(file.allocate(start, length), () -> resized(start + length));
            case 1 -> then(file.truncate(end), () -> resized(end));
            // Down and up again.
            default ->
                    then(
                            file.truncate(end),
                            () -> {
                                hammer.resized(end);
                                then(file.truncate(start + length), () -> resized(start + length));
                            });
        }
    }

    private <T> void then(Future<T> future, Runnable next) {
        future.addListener(
                (FutureListener<T>)
                        f -> {
                            if (f.isSuccess()) {
                                next.run();
                            } else {
                                hammer.fail(f.cause());
                            }
                        });
    }

    private void resized(long end) {
        hammer.resized(end);
        // Every page has one writer, on one of the two loops.
        int pages = (int) ((end - start) / PAGE);
        List<Integer> chosen = new ArrayList<>();
        for (int page = random.nextInt(4); page < pages; page += 1 + random.nextInt(6)) {
            chosen.add(page);
        }
        AtomicInteger left = new AtomicInteger(chosen.size() + 1);
        for (int page : chosen) {
            boolean whole = random.nextInt(4) != 0;
            int from = whole ? 0 : random.nextInt(1000);
            byte[] bytes = new byte[whole ? PAGE : 1 + random.nextInt(3000)];
            random.nextBytes(bytes);
            long position = start + (long) page * PAGE + from;
            AioFile file = random.nextBoolean() ? one : two;
            then(
                    file.write(Unpooled.wrappedBuffer(bytes), position),
                    () -> {
                        hammer.wrote(position, bytes);
                        oneLess(left, end);
                    });
        }
        oneLess(left, end);
    }

    private void oneLess(AtomicInteger left, long end) {
        if (left.decrementAndGet() > 0) {
            return;
        }
        AioFile reader = random.nextBoolean() ? one : two;
        then(reader.read(start, PAGES * PAGE), read -> check(read, end));
    }

    private void then(Future<ByteBuf> read, Consumer<ByteBuf> next) {
        then(read, () -> next.accept(read.getNow()));
    }

    private void check(ByteBuf read, long end) {
        byte[] bytes = new byte[read.readableBytes()];
        read.readBytes(bytes);
        read.release();
        int wrong = Arrays.mismatch(bytes, hammer.expected(start, end));
        if (wrong >= 0) {
            hammer.fail(
                    new AssertionError(
                            "wrong byte at position=" + (start + wrong) + " end=" + end));
        } else if (random.nextInt(10) == 0) {
            hammer.sync(random.nextBoolean() ? one : two, () -> hammer.pause(one, this::next));
        } else {
            hammer.pause(one, this::next);
        }
    }
}
