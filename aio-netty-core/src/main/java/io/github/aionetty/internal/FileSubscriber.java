// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFileWriter;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes what is published, and asks for more while the disk keeps up. */
public final class FileSubscriber implements Flow.Subscriber<ByteBuf> {
    /** What is asked for at once: less makes small buffers dear, more could be much memory. */
    private static final int BATCH = 8;

    private final AioFileWriter writer;
    private SerialSubscription subscription;

    /** Asked for and not come. Signals come one after the other (rule 1.3). */
    private int due;

    /** Nothing has been asked for since the writer was full. */
    private final AtomicBoolean waiting = new AtomicBoolean();

    /** For one subscription. */
    public FileSubscriber(AioFileWriter writer) {
        this.writer = writer;
    }

    @Override
    public void onSubscribe(Flow.Subscription offered) {
        Arguments.notNull(offered, "subscription");
        if (subscription != null) {
            offered.cancel();
            return;
        }
        SerialSubscription accepted = new SerialSubscription(offered);
        subscription = accepted;
        writer.future()
                .addListener(
                        done -> {
                            if (!done.isSuccess()) {
                                accepted.cancel();
                            }
                        });
        writer.onWritable(this::goOn);
        ask();
    }

    private void ask() {
        due = BATCH;
        subscription.request(BATCH);
    }

    /** The writer has room again. */
    private void goOn() {
        if (waiting.compareAndSet(true, false)) {
            ask();
        }
    }

    @Override
    public void onNext(ByteBuf bytes) {
        Arguments.notNull(bytes, "bytes");
        due--;
        boolean room;
        try {
            room = writer.write(bytes);
        } catch (IllegalStateException | RejectedExecutionException e) {
            // Somebody else has ended the writer, or its loop, or that is too busy: the buffer is
            // released, and what it was a part of will not be whole.
            subscription.cancel();
            writer.abort(e);
            return;
        }
        if (due > 0) {
            return;
        }
        waiting.set(true);
        // It may have had room before it knew that somebody waits.
        if (room || writer.isWritable()) {
            goOn();
        }
    }

    @Override
    public void onError(Throwable cause) {
        Arguments.notNull(cause, "cause");
        ended();
        writer.abort(cause);
    }

    @Override
    public void onComplete() {
        ended();
        writer.finish();
    }

    private void ended() {
        if (subscription != null) {
            subscription.end();
        }
    }
}
