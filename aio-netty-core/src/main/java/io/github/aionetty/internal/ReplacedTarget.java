// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFiles;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * A file that appears whole or not at all: written under a temporary name beside its own, synced,
 * renamed, and the directory synced.
 */
public final class ReplacedTarget implements StreamTarget {
    private static final Set<OpenOption> DIRECT =
            Set.of(
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    AioOpenOption.DIRECT,
                    AioOpenOption.ALLOCATE_AHEAD);

    private final EventLoop loop;
    private final AioFiles files;
    private final Path target;
    private final Path temporary;
    private final boolean replace;
    private final boolean durable;
    private final FileAttribute<?>[] attributes;
    private AioFile file;
    private Syscalls sys;

    /** Creates nothing yet. */
    public ReplacedTarget(
            EventLoop loop,
            Path target,
            boolean replace,
            boolean durable,
            FileAttribute<?>... attributes) {
        OpenRequest.checkProvider(target);
        if (target.getFileName() == null || target.getFileName().toString().isEmpty()) {
            throw new IllegalArgumentException("target=" + target + " is no name of a file");
        }
        this.loop = loop;
        this.files = AioFiles.of(loop);
        this.target = target;
        this.temporary = TemporaryName.beside(target);
        this.replace = replace;
        this.durable = durable;
        this.attributes = attributes.clone();
    }

    @Override
    public void open(Promise<AioFile> promise) {
        NameTask.Call<FileAttribute<?>[]> look = this::attributes;
        Promise<FileAttribute<?>[]> looked =
                Continuation.of(
                        loop,
                        found -> {
                            if (found.isSuccess()) {
                                open(found.getNow(), promise);
                            } else {
                                promise.tryFailure(found.cause());
                            }
                        });
        new NameTask<>(loop, looked, look).start(HelperLane.METADATA, MountTable.deviceOf(target));
    }

    /** On a helper: what the new file is to have, of what there is. */
    private FileAttribute<?>[] attributes() throws IOException {
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(target.toString(), null, "is a directory");
        }
        TemporaryName.checkReplaceable(target);
        if (attributes.length > 0 || !Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            return attributes;
        }
        try {
            // Whoever could not read the old one is not to read the new one.
            return new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(target))
            };
        } catch (UnsupportedOperationException | NoSuchFileException e) {
            return attributes;
        }
    }

    private void open(FileAttribute<?>[] wanted, Promise<AioFile> promise) {
        Promise<AioFile> opened = Continuation.of(loop, done -> opened(done, promise));
        try {
            OpenRequest request = new OpenRequest(temporary, DIRECT, wanted);
            OpenTask.startDirectIfPossible(ContextRegistry.of(loop), request, opened);
        } catch (Throwable t) {
            opened.tryFailure(t);
        }
    }

    private void opened(Future<AioFile> done, Promise<AioFile> promise) {
        if (done.isSuccess()) {
            file = done.getNow();
            sys = ((DefaultAioFile) file).context.sys;
            promise.trySuccess(file);
        } else {
            promise.tryFailure(TemporaryName.named(done.cause(), temporary, target));
        }
    }

    /** Cut first, for what was allocated ahead would still be there after a crash. */
    @Override
    public void publish(long length, Promise<Void> promise) {
        step(promise, cut -> file.truncate(length, cut), () -> sync(promise));
    }

    private void sync(Promise<Void> promise) {
        if (durable) {
            step(promise, file::fsync, () -> close(promise));
        } else {
            close(promise);
        }
    }

    private void close(Promise<Void> promise) {
        step(promise, file::close, () -> name(promise));
    }

    private void name(Promise<Void> promise) {
        step(promise, this::rename, () -> syncName(promise));
    }

    private void rename(Promise<Void> renamed) {
        if (replace) {
            CopyOption[] atomic = {StandardCopyOption.ATOMIC_MOVE};
            files.move(temporary, target, atomic, renamed);
        } else {
            NameTask.Call<Void> give =
                    () -> {
                        NewName.give(sys, temporary, target, "rename");
                        return null;
                    };
            new NameTask<>(loop, renamed, give)
                    .start(HelperLane.METADATA, MountTable.deviceOf(target));
        }
    }

    private void syncName(Promise<Void> promise) {
        if (durable) {
            Path parent = target.toAbsolutePath().getParent();
            step(
                    promise,
                    synced -> files.syncDirectory(parent, synced),
                    () -> promise.trySuccess(null));
        } else {
            promise.trySuccess(null);
        }
    }

    @Override
    public void discard(Promise<Void> promise) {
        if (file == null) {
            delete(promise);
        } else {
            // Whether or not closing went well.
            file.close(Continuation.of(loop, closed -> delete(promise)));
        }
    }

    /** However busy the helpers are. */
    private void delete(Promise<Void> promise) {
        Closing.onHelper(
                HelperLane.METADATA,
                MountTable.deviceOf(temporary),
                () -> {
                    try {
                        Files.deleteIfExists(temporary);
                        promise.trySuccess(null);
                    } catch (Throwable t) {
                        promise.tryFailure(t);
                    }
                });
    }

    /**
     * One step of many, and what comes after it, if it goes well. Where it is refused for a queue
     * that is full it has not begun: it is tried again, for all of the file has been written.
     */
    private void step(Promise<Void> whole, Consumer<Promise<Void>> begin, Runnable next) {
        Promise<Void> step =
                Continuation.of(
                        loop,
                        done -> {
                            if (done.isSuccess()) {
                                go(whole, next);
                            } else if (done.cause() instanceof RejectedExecutionException
                                    && !loop.isShuttingDown()) {
                                Runnable again = () -> step(whole, begin, next);
                                Pause.thenAnyway(() -> Continuation.run(loop, again));
                            } else {
                                Throwable cause = done.cause();
                                whole.tryFailure(TemporaryName.named(cause, temporary, target));
                            }
                        });
        try {
            begin.accept(step);
        } catch (Throwable t) {
            step.tryFailure(t);
        }
    }

    private static void go(Promise<Void> whole, Runnable next) {
        try {
            next.run();
        } catch (Throwable t) {
            whole.tryFailure(t);
        }
    }
}
