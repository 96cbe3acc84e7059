// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.exercise;

import io.github.aionetty.AioFile;
import io.github.aionetty.support.CountedPromise;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.function.Consumer;

/** Calls the library, and notes when, and what came of it. */
final class Caller {
    private final Content content;
    private final Consumer<Step> completed;

    /** Tells of completed steps on their loops. */
    Caller(Content content, Consumer<Step> completed) {
        this.content = content;
        this.completed = completed;
    }

    /** Any thread; {@code previous} is the step that was drawn before, or {@code null}. */
    void call(Step step, Step previous) {
        if (step.via == Step.Via.LISTENER && previous != null) {
            previous.then(() -> call(step));
        } else if (step.via == Step.Via.LOOP) {
            step.handle.file.context().eventLoop().execute(() -> call(step));
        } else {
            call(step);
        }
    }

    private void call(Step step) {
        EventLoop loop = step.handle.file.context().eventLoop();
        step.inLoop = loop.inEventLoop();
        try {
            Future<?> future = start(step, loop);
            step.issued = Ticks.next();
            if (step.kind == Step.Kind.CLOSE) {
                step.handle.closed = step.issued;
            }
            if (step.cancels) {
                future.cancel(false);
            }
            future.addListener(done -> complete(step, loop, future));
        } catch (Throwable t) {
            step.failure = t;
            end(step);
        }
    }

    private static <T> Promise<T> promise(Step step, EventLoop loop) {
        return step.promised
                ? new CountedPromise<>(loop, () -> step.complaint = "completed twice")
                : null;
    }

    private Future<?> start(Step step, EventLoop loop) {
        AioFile file = step.handle.file;
        int at = step.position;
        switch (step.kind) {
            case READ, AFTER_CLOSE:
                Promise<ByteBuf> bytes = promise(step, loop);
                begin(step);
                return bytes == null
                        ? file.read(at, step.length)
                        : file.read(at, step.length, bytes);
            case READ_INTO:
                Promise<Integer> count = promise(step, loop);
                ByteBuf target = target(step);
                begin(step);
                return count == null ? file.read(target, at) : file.read(target, at, count);
            case WRITE:
                Promise<Integer> written = promise(step, loop);
                ByteBuf source = source(step);
                begin(step);
                return written == null ? file.write(source, at) : file.write(source, at, written);
            default:
                return startPlain(step, file, promise(step, loop));
        }
    }

    private static Future<?> startPlain(Step step, AioFile file, Promise<Void> promise) {
        begin(step);
        int at = step.position;
        switch (step.kind) {
            case TRUNCATE:
                return promise == null ? file.truncate(at) : file.truncate(at, promise);
            case ALLOCATE:
                return promise == null
                        ? file.allocate(at, step.length)
                        : file.allocate(at, step.length, promise);
            case FSYNC:
                return promise == null ? file.fsync() : file.fsync(promise);
            case FDATASYNC:
                return promise == null ? file.fdatasync() : file.fdatasync(promise);
            case CLOSE:
                step.handle.closing = step.start;
                return promise == null ? file.close() : file.close(promise);
            case SIZE:
                return file.size();
            case ATTRIBUTES:
                return file.attributes();
            default:
                throw new AssertionError(step);
        }
    }

    private static void begin(Step step) {
        step.start = Ticks.next();
    }

    private ByteBuf source(Step step) {
        byte[] bytes = content.bytes(step.version, step.position, step.length);
        ByteBuf source = step.buffer.readable(step.handle.file.context(), bytes);
        return step.readOnly ? source.asReadOnly() : source;
    }

    private static ByteBuf target(Step step) {
        ByteBuf target;
        if (step.readOnly) {
            // Of no use for a target: guarded instead.
            step.guards = Guards.around(step.length);
            target = Guards.inside(step.guards);
        } else {
            target = step.buffer.writable(step.handle.file.context(), step.length);
        }
        step.data = target;
        step.dataIndex = target.writerIndex();
        return target;
    }

    private void complete(Step step, EventLoop loop, Future<?> future) {
        if (!loop.inEventLoop()) {
            step.complaint = "completed on " + Thread.currentThread().getName();
        }
        step.failure = future.cause();
        Object value = future.isSuccess() ? future.getNow() : null;
        if (value instanceof ByteBuf data) {
            step.data = data;
            step.dataIndex = data.readerIndex();
        } else {
            step.value = value;
        }
        end(step);
    }

    private void end(Step step) {
        Throwable failure = step.failure;
        if (failure != null && Verdict.isWithoutEffect(step, failure)) {
            step.without = true;
        }
        step.end = Ticks.next();
        step.done();
        completed.accept(step);
    }
}
