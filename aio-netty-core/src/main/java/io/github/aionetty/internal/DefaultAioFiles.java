// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioDirectory;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFiles;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ProgressiveFuture;
import io.netty.util.concurrent.ProgressivePromise;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.stream.Stream;

/** Names by way of the JDK, on helper threads. */
public final class DefaultAioFiles implements AioFiles {
    private final EventLoop loop;
    private final OpenDirectoryTask.Capability beneath;

    /**
     * Operations that complete on a loop.
     *
     * @param loop any event loop
     */
    public DefaultAioFiles(EventLoop loop) {
        this(loop, Beneath::ofProcess);
    }

    /** With other system calls for directories. */
    DefaultAioFiles(EventLoop loop, OpenDirectoryTask.Capability beneath) {
        this.loop = Arguments.notNull(loop, "loop");
        this.beneath = beneath;
    }

    private <T> Future<T> run(Path path, Promise<T> promise, NameTask.Call<T> call) {
        OpenRequest.checkProvider(path);
        return new NameTask<>(loop, Arguments.notNull(promise, "promise"), call)
                .start(HelperLane.METADATA, MountTable.deviceOf(path));
    }

    @Override
    public Future<List<Path>> list(Path directory) {
        return list(directory, LoopPromise.of(loop));
    }

    @Override
    public Future<List<Path>> list(Path directory, Promise<List<Path>> promise) {
        return run(directory, promise, () -> sortedEntries(directory));
    }

    private static List<Path> sortedEntries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public Future<AioFileAttributes> attributes(Path path, LinkOption... options) {
        LinkOption[] copy = options.clone();
        return run(path, LoopPromise.of(loop), () -> PathAttributes.of(path, copy));
    }

    @Override
    public Future<AioFileAttributes> attributes(Path path, Promise<AioFileAttributes> promise) {
        return run(path, promise, () -> PathAttributes.of(path));
    }

    @Override
    public Future<Path> realPath(Path path) {
        return realPath(path, LoopPromise.of(loop));
    }

    @Override
    public Future<Path> realPath(Path path, Promise<Path> promise) {
        return run(path, promise, path::toRealPath);
    }

    @Override
    public Future<Void> move(Path source, Path target, CopyOption... options) {
        return move(source, target, options, LoopPromise.of(loop));
    }

    @Override
    public Future<Void> move(
            Path source, Path target, CopyOption[] options, Promise<Void> promise) {
        OpenRequest.checkProvider(target);
        CopyOption[] copy = options.clone();
        return run(source, promise, () -> nothing(Files.move(source, target, copy)));
    }

    @Override
    public Future<Void> delete(Path path) {
        return delete(path, LoopPromise.of(loop));
    }

    @Override
    public Future<Void> delete(Path path, Promise<Void> promise) {
        return run(
                path,
                promise,
                () -> {
                    Files.delete(path);
                    return null;
                });
    }

    @Override
    public Future<Void> createDirectory(Path directory, FileAttribute<?>... attributes) {
        FileAttribute<?>[] copy = attributes.clone();
        return run(
                directory,
                LoopPromise.of(loop),
                () -> nothing(Files.createDirectory(directory, copy)));
    }

    @Override
    public Future<Void> createDirectory(Path directory, Promise<Void> promise) {
        return run(directory, promise, () -> nothing(Files.createDirectory(directory)));
    }

    @Override
    public Future<Void> syncDirectory(Path directory) {
        return syncDirectory(directory, LoopPromise.of(loop));
    }

    @Override
    public Future<Void> syncDirectory(Path directory, Promise<Void> promise) {
        return run(
                directory,
                promise,
                () -> {
                    AioFileAttributes attributes = PathAttributes.of(directory);
                    if (attributes.kind() != AioFileAttributes.Kind.DIRECTORY) {
                        throw new java.nio.file.NotDirectoryException(directory.toString());
                    }
                    DirectorySync.sync(directory, attributes.device());
                    return null;
                });
    }

    @Override
    public Future<AioDirectory> openDirectory(Path directory) {
        return openDirectory(directory, LoopPromise.of(loop));
    }

    @Override
    public Future<AioDirectory> openDirectory(Path directory, Promise<AioDirectory> promise) {
        OpenRequest.checkProvider(directory);
        return new OpenDirectoryTask(
                        loop,
                        Arguments.notNull(promise, "promise"),
                        () -> HeldDirectory.open(beneath.get(directory), directory),
                        () -> {})
                .start(HelperLane.METADATA, MountTable.deviceOf(directory));
    }

    @Override
    public ProgressiveFuture<Void> copy(Path source, Path target, CopyOption... options) {
        ProgressivePromise<Void> promise = loop.newProgressivePromise();
        copy(source, target, options, promise);
        return promise;
    }

    @Override
    public Future<Void> copy(
            Path source, Path target, CopyOption[] options, Promise<Void> promise) {
        OpenRequest.checkProvider(source);
        OpenRequest.checkProvider(target);
        Arguments.notNull(promise, "promise");
        CopyOption[] copy = options.clone();
        CopyOptions.of(copy);
        DefaultAioContext context;
        try {
            context = ContextRegistry.of(loop);
        } catch (RuntimeException e) {
            promise.tryFailure(e);
            return promise;
        }
        new FileCopy(context, source, target, copy, promise).start();
        return promise;
    }

    private static Void nothing(Path ignored) {
        return null;
    }
}
