// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.nio.file.CopyOption;
import java.nio.file.Path;

/**
 * One copy from its first look at the files to its last: what each step leaves to the next, and
 * what is undone where one fails or nobody wants the copy any more. One step at a time, on the loop
 * or, after its end, on the drainer.
 */
final class FileCopy {
    private final DefaultAioContext context;
    private final Promise<Void> promise;
    private final CopyPreparation preparation;
    private final CopyProgress progress;
    private final Long device;

    private PreparedCopy copy;
    private DefaultAioFile source;
    private DefaultAioFile target;

    FileCopy(
            DefaultAioContext context,
            Path from,
            Path to,
            CopyOption[] options,
            Promise<Void> promise) {
        this.context = context;
        this.promise = promise;
        this.preparation = new CopyPreparation(context, from, to, options, promise);
        this.progress = new CopyProgress(promise);
        this.device = MountTable.deviceOf(from);
    }

    /** Any thread. */
    void start() {
        Promise<PreparedCopy> prepared =
                CopyTask.start(context, device, preparation, PreparedCopy::abandon);
        prepared.addListener(f -> prepared(prepared));
    }

    private void prepared(Promise<PreparedCopy> prepared) {
        if (!prepared.isSuccess()) {
            promise.tryFailure(prepared.cause());
            return;
        }
        copy = prepared.getNow();
        if (copy == null) {
            promise.trySuccess(null);
            return;
        }
        if (!context.isOpen()) {
            // It would take no more files.
            CopyTask.startAnyway(context, device, copy::closeAndDiscard)
                    .addListener(f -> promise.tryFailure(context.closedFailure()));
            return;
        }
        source = handle(copy.from());
        target = handle(copy.to());
        if (copy.shared()) {
            progress.total(copy.size());
            settle(copy.size());
            return;
        }
        CopyTransfer[] transfer = new CopyTransfer[1];
        transfer[0] =
                new CopyTransfer(
                        source,
                        target,
                        progress,
                        promise::isDone,
                        failure -> {
                            if (failure != null) {
                                undo(failure);
                            } else {
                                settle(transfer[0].length());
                            }
                        });
        transfer[0].start(copy.size());
    }

    private DefaultAioFile handle(OpenFile open) {
        DefaultAioFile file = new DefaultAioFile(context, open, null);
        context.files.add(file);
        return file;
    }

    private void settle(long length) {
        if (promise.isDone()) {
            undo(null);
            return;
        }
        Promise<Void> settled = ImmediateEventExecutor.INSTANCE.newPromise();
        new FileTask<Void>(
                        target,
                        settled,
                        open -> {
                            copy.settle(open, length);
                            return null;
                        })
                .start();
        settled.addListener(
                f -> {
                    if (f.isSuccess()) {
                        close(this::publish);
                    } else if (Errors.isForTheMoment(f.cause()) && !promise.isDone()) {
                        PauseTask.start(context, failure -> settleAgain(length, failure));
                    } else {
                        undo(f.cause());
                    }
                });
    }

    private void settleAgain(long length, Throwable failure) {
        if (failure == null) {
            settle(length);
        } else {
            undo(failure);
        }
    }

    /** What comes after a step. */
    interface Then {
        void done(Throwable failure);
    }

    private void close(Then then) {
        Promise<Void> sourceClosed = ImmediateEventExecutor.INSTANCE.newPromise();
        Promise<Void> targetClosed = ImmediateEventExecutor.INSTANCE.newPromise();
        source.close(sourceClosed);
        target.close(targetClosed);
        // Nothing can be lost with the source.
        sourceClosed.addListener(
                f -> targetClosed.addListener(g -> then.done(targetClosed.cause())));
    }

    private void publish(Throwable failure) {
        if (failure != null) {
            remove(failure);
            return;
        }
        Promise<Boolean> published =
                CopyTask.startLasting(
                        context,
                        device,
                        () -> {
                            // From here on it is too late to cancel.
                            boolean wanted = promise.setUncancellable();
                            if (wanted) {
                                copy.target().publish();
                            }
                            return wanted;
                        });
        published.addListener(
                f -> {
                    if (!f.isSuccess() || !published.getNow()) {
                        remove(f.cause());
                    } else {
                        progress.end();
                        promise.trySuccess(null);
                    }
                });
    }

    /**
     * Nothing is left of it.
     *
     * @param failure {@code null} where it was cancelled
     */
    private void undo(Throwable failure) {
        close(ignored -> remove(failure));
    }

    private void remove(Throwable failure) {
        CopyTask.startAnyway(context, device, copy::discard)
                .addListener(
                        f -> {
                            if (failure != null) {
                                promise.tryFailure(copy.target().named(failure));
                            }
                        });
    }
}
