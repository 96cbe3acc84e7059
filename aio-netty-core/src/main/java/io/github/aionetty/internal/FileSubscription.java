// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.Flow;

/** One subscriber's way through a file. Confined to the file's loop, but for its two methods. */
final class FileSubscription implements Flow.Subscription {
    private static final InternalLogger LOGGER =
            InternalLoggerFactory.getInstance(FileSubscription.class);

    private final EventLoop loop;
    private final AioFile file;
    private final Flow.Subscriber<? super ByteBuf> subscriber;
    private final ReadAhead chunks;
    private final boolean empty;

    /** Whoever asks for nothing at the moment learns of it, too. */
    private final FutureListener<Object> atLoopEnd = ended -> loopEnded();

    private long demand;
    private boolean emitting;
    private boolean over;

    /** For any thread: nothing is signalled any more. */
    private volatile boolean cancelled;

    FileSubscription(AioFile file, StreamRange range, Flow.Subscriber<? super ByteBuf> subscriber) {
        this.loop = file.context().eventLoop();
        this.file = file;
        this.subscriber = subscriber;
        this.chunks = new ReadAhead(file, loop, range, null, this::emit);
        this.empty = range.length() == 0;
    }

    /** Signals come one after the other, the first one, too, from the loop. */
    void begin() {
        run(this::subscribed, () -> FilePublisher.refuse(subscriber, closedFailure()));
    }

    private AioClosedException closedFailure() {
        return new AioClosedException(
                "file=" + file.path() + ": its loop has ended; use AioFile.on another one");
    }

    private void subscribed() {
        untyped(loop.terminationFuture()).addListener(atLoopEnd);
        guarded(() -> subscriber.onSubscribe(this));
        if (empty) {
            complete();
        }
    }

    @SuppressWarnings("unchecked")
    private static Future<Object> untyped(Future<?> future) {
        return (Future<Object>) future;
    }

    private void run(Runnable task, Runnable ifEnded) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            MustRun.on(loop, task, ifEnded);
        }
    }

    @Override
    public void request(long n) {
        if (!cancelled) {
            run(() -> requested(n), () -> {});
        }
    }

    private void requested(long n) {
        if (n <= 0) {
            fail(new IllegalArgumentException("request(" + n + ") (expected: > 0, rule 3.9)"));
            return;
        }
        demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        emit();
    }

    /** Not re-entered by what a subscriber requests inside of onNext (rule 3.3). */
    private void emit() {
        if (emitting) {
            return;
        }
        emitting = true;
        try {
            while (!over && !cancelled && demand > 0) {
                ByteBuf chunk = chunks.poll();
                if (chunk == null) {
                    break;
                }
                demand--;
                boolean last = chunks.isAtEnd();
                guarded(() -> subscriber.onNext(chunk));
                if (last) {
                    complete();
                }
            }
        } catch (Throwable t) {
            fail(t);
        } finally {
            emitting = false;
        }
    }

    /** A subscriber must not throw (rule 2.13): one that does gets nothing more. */
    private void guarded(Runnable signal) {
        try {
            signal.run();
        } catch (Throwable t) {
            LOGGER.warn("a subscriber has thrown, which cancels its subscription", t);
            cancel();
        }
    }

    private void complete() {
        if (end()) {
            guarded(subscriber::onComplete);
        }
    }

    private void fail(Throwable cause) {
        if (end()) {
            guarded(() -> subscriber.onError(cause));
        }
    }

    /** True for whoever may signal the end. */
    private boolean end() {
        if (over || cancelled) {
            return false;
        }
        over = true;
        letGo();
        return true;
    }

    /** After the loop's last task. A cancel that came too late for it has closed nothing. */
    private void loopEnded() {
        fail(closedFailure());
        chunks.close();
    }

    private void letGo() {
        chunks.close();
        untyped(loop.terminationFuture()).removeListener(atLoopEnd);
    }

    @Override
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            run(this::letGo, () -> {});
        }
    }
}
