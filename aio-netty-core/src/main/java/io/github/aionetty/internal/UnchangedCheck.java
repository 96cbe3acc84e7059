// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.EOFException;
import java.nio.file.FileSystemException;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Whether a file is still what it was when its last chunk has been read. One that has become longer
 * may have been appended to, or written anew from its start: then its first chunk is read again.
 * Confined to the stream's executor.
 */
final class UnchangedCheck {
    private final AioFile file;
    private final EventExecutor executor;
    private final AioFileAttributes expected;
    private final long end;
    private final Runnable done;
    private long firstFrom;
    private int firstLength;
    private long firstSum;

    /** The last chunk, for which the file is looked at, and then has been. */
    private ReadAheadSlot asked;

    private ReadAheadSlot passed;
    private Throwable failure;

    UnchangedCheck(
            AioFile file,
            EventExecutor executor,
            AioFileAttributes expected,
            long end,
            Runnable done) {
        this.file = file;
        this.executor = executor;
        this.expected = expected;
        this.end = end;
        this.done = done;
    }

    /** The first chunk that the taker gets. */
    void first(ReadAheadSlot slot) {
        firstFrom = slot.from;
        firstLength = slot.length;
        firstSum = sum(slot.getNow());
    }

    private static long sum(ByteBuf bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.nioBuffer());
        return sum.getValue();
    }

    /** True if the last chunk may go out; else the caller is called when more is known. */
    boolean hasPassed(ReadAheadSlot last) {
        if (passed == last) {
            return true;
        }
        if (asked != last) {
            asked = last;
            file.attributes(answer(found -> compare(found, last), found -> {}));
        }
        // Maybe at once, when there is nobody to be called.
        return passed == last;
    }

    /** Why it may not, or {@code null}. */
    Throwable failure() {
        return failure;
    }

    static EOFException shorter(AioFile file, long size, long end) {
        return new EOFException(
                file.path()
                        + " became shorter while it was read: size="
                        + size
                        + " (expected: at least "
                        + end
                        + ")");
    }

    private void compare(Future<AioFileAttributes> found, ReadAheadSlot last) {
        if (!found.isSuccess()) {
            over(found.cause(), last);
            return;
        }
        AioFileAttributes now = found.getNow();
        if (now.size() < end) {
            over(shorter(file, now.size(), end), last);
        } else if (now.lastModifiedTime().equals(expected.lastModifiedTime())) {
            over(null, last);
        } else if (now.size() <= expected.size()) {
            over(changed(now), last);
        } else {
            Promise<ByteBuf> answer = answer(again -> compare(again, now, last), this::release);
            file.read(firstFrom, firstLength, answer);
        }
    }

    /**
     * For a look at the file.
     *
     * @param next on the stream's executor, however full its queue is
     * @param ifEnded where that has ended: it would tell no listener
     */
    private <T> Promise<T> answer(Consumer<Future<T>> next, Consumer<Future<T>> ifEnded) {
        Promise<T> answer = ImmediateEventExecutor.INSTANCE.newPromise();
        FutureListener<T> listener =
                done -> {
                    if (executor.inEventLoop()) {
                        next.accept(done);
                    } else {
                        MustRun.on(executor, () -> next.accept(done), () -> ifEnded.accept(done));
                    }
                };
        return answer.addListener(listener);
    }

    private void release(Future<ByteBuf> again) {
        if (again.isSuccess()) {
            again.getNow().release();
        }
    }

    private void compare(Future<ByteBuf> again, AioFileAttributes now, ReadAheadSlot last) {
        if (!again.isSuccess()) {
            over(again.cause(), last);
            return;
        }
        ByteBuf bytes = again.getNow();
        boolean same = bytes.readableBytes() == firstLength && sum(bytes) == firstSum;
        bytes.release();
        over(same ? null : changed(now), last);
    }

    private FileSystemException changed(AioFileAttributes now) {
        return new FileSystemException(
                file.path().toString(),
                null,
                "changed while it was read: lastModifiedTime="
                        + now.lastModifiedTime()
                        + " (expected: "
                        + expected.lastModifiedTime()
                        + ")");
    }

    private void over(Throwable cause, ReadAheadSlot last) {
        if (asked != last) {
            return; // Given back meanwhile: what is read again is looked at again.
        }
        failure = cause;
        passed = cause == null ? last : null;
        done.run();
    }
}
