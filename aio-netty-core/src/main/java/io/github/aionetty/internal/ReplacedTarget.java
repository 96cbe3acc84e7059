// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFiles;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.nativeaio.Errno;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
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

    /** A name that was created and could not be opened is there already. */
    private static final Set<OpenOption> BUFFERED =
            Set.of(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);

    private final EventLoop loop;
    private final AioFiles files;
    private final Path target;
    private final Path temporary;
    private final boolean replace;
    private final boolean durable;
    private final FileAttribute<?>[] attributes;
    private AioFile file;

    /** Creates nothing yet. */
    public ReplacedTarget(
            EventLoop loop,
            Path target,
            boolean replace,
            boolean durable,
            FileAttribute<?>... attributes) {
        OpenRequest.checkProvider(target);
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
        open(
                DIRECT,
                done -> {
                    if (refusesDirect(done.cause())) {
                        open(BUFFERED, again -> opened(again, promise));
                    } else {
                        opened(done, promise);
                    }
                });
    }

    private void open(Set<OpenOption> options, Consumer<Future<AioFile>> next) {
        AioContext.of(loop).open(temporary, options, attributes, Continuation.of(loop, next));
    }

    private static boolean refusesDirect(Throwable cause) {
        return cause instanceof AioException e
                && (e.errno() == Errno.EINVAL || e.errno() == Errno.EOPNOTSUPP);
    }

    private void opened(Future<AioFile> done, Promise<AioFile> promise) {
        if (done.isSuccess()) {
            file = done.getNow();
            promise.trySuccess(file);
        } else {
            promise.tryFailure(done.cause());
        }
    }

    /** Cut first, for what was allocated ahead would still be there after a crash. */
    @Override
    public void publish(long length, Promise<Void> promise) {
        file.truncate(length, then(promise, () -> sync(promise)));
    }

    private void sync(Promise<Void> promise) {
        if (durable) {
            file.fsync(then(promise, () -> close(promise)));
        } else {
            close(promise);
        }
    }

    private void close(Promise<Void> promise) {
        file.close(then(promise, () -> name(then(promise, () -> syncName(promise)))));
    }

    private void name(Promise<Void> named) {
        if (replace) {
            CopyOption[] atomic = {StandardCopyOption.ATOMIC_MOVE};
            files.move(temporary, target, atomic, named);
        } else {
            // Fails where the name is there, which a rename would replace.
            NameTask.Call<Void> link =
                    () -> {
                        Files.createLink(target, temporary);
                        Files.delete(temporary);
                        return null;
                    };
            new NameTask<>(loop, named, link)
                    .start(HelperLane.METADATA, MountTable.deviceOf(target));
        }
    }

    private void syncName(Promise<Void> promise) {
        if (durable) {
            files.syncDirectory(target.toAbsolutePath().getParent(), promise);
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

    private void delete(Promise<Void> promise) {
        files.delete(
                temporary,
                Continuation.of(
                        loop,
                        done -> {
                            if (done.isSuccess() || done.cause() instanceof NoSuchFileException) {
                                promise.trySuccess(null);
                            } else {
                                promise.tryFailure(done.cause());
                            }
                        }));
    }

    /** For a step of many: what comes after it, if it goes well. */
    private <T> Promise<T> then(Promise<Void> whole, Runnable next) {
        return Continuation.of(
                loop,
                done -> {
                    if (!done.isSuccess()) {
                        whole.tryFailure(done.cause());
                        return;
                    }
                    try {
                        next.run();
                    } catch (Throwable t) {
                        whole.tryFailure(t);
                    }
                });
    }
}
