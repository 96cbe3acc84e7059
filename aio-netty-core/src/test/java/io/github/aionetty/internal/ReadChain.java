// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Reads of one file of which each is begun by the listener of the last, so many of them. */
final class ReadChain {
    private final AioFile file;
    private final int length;
    private final int enough;
    private final Executor next;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger turns = new AtomicInteger();

    /**
     * Begins nothing yet.
     *
     * @param next what the listener begins the next read by, as {@code Runnable::run}
     */
    ReadChain(AioFile file, int length, int enough, Executor next) {
        this.file = file;
        this.length = length;
        this.enough = enough;
        this.next = next;
    }

    /** On the file's loop. */
    void begin() {
        next.execute(this::read);
    }

    private void read() {
        file.read(0, length)
                .addListener(
                        (Future<ByteBuf> read) -> {
                            read.getNow().release();
                            if (reads.incrementAndGet() < enough) {
                                begin();
                            }
                        });
    }

    int done() {
        return reads.get();
    }

    boolean isDone() {
        return done() >= enough;
    }

    /** Any thread: has it done on a loop, and counts the turns that others have meanwhile. */
    int turnsOfOthers(SingleThreadEventLoop loop) {
        loop.execute(this::begin);
        loop.execute(() -> countTurns(loop));
        Awaitility.await().until(this::isDone);
        return turns.get();
    }

    private void countTurns(SingleThreadEventLoop loop) {
        turns.incrementAndGet();
        if (!isDone()) {
            // Into the next turn, for which the loop asks epoll.
            loop.executeAfterEventLoopIteration(() -> loop.execute(() -> countTurns(loop)));
        }
    }
}
