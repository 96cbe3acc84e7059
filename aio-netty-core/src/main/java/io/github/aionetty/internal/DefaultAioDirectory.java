// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioDirectory;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.FileStatus;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A handle of an open directory, on one loop. */
final class DefaultAioDirectory implements AioDirectory {
    private final EventLoop loop;
    private final HeldDirectory held;
    private final DirectoryUse use;

    /** For the loop's own thread; made when it is needed. */
    private FileStatus status;

    /** Takes over one share of {@code held}. */
    DefaultAioDirectory(EventLoop loop, HeldDirectory held) {
        this.loop = loop;
        this.held = held;
        use = new DirectoryUse(loop, held);
    }

    /** Whether it may go on; otherwise the promise fails. */
    private boolean begin(Promise<?> promise) {
        Arguments.notNull(promise, "promise");
        if (use.begin()) {
            return true;
        }
        promise.tryFailure(closed());
        return false;
    }

    private AioClosedException closed() {
        return new AioClosedException(
                "directory=" + held.path + " is closed; open it again with AioFiles.openDirectory");
    }

    private <T> Future<T> run(Promise<T> promise, NameTask.Call<T> call) {
        if (begin(promise)) {
            new NameTask<>(loop, promise, call, use).start(HelperLane.METADATA, held.device);
        }
        return promise;
    }

    @Override
    public Future<AioFile> open(Path relative, OpenOption... options) {
        return open(relative, new HashSet<>(Arrays.asList(options)));
    }

    @Override
    public Future<AioFile> open(
            Path relative, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
        return open(relative, options, attributes, LoopPromise.of(loop));
    }

    @Override
    public Future<AioFile> open(
            Path relative,
            Set<? extends OpenOption> options,
            FileAttribute<?>[] attributes,
            Promise<AioFile> promise) {
        OpenRequest request =
                new OpenRequest(held, RelativeName.check(relative), options, attributes);
        if (!begin(promise)) {
            return promise;
        }
        if (!promise.setUncancellable()) {
            use.end();
            return promise;
        }
        Promise<AioFile> opened = Continuation.of(loop, done -> opened(done, promise));
        try {
            OpenTask.start(ContextRegistry.of(loop), request, opened);
        } catch (RuntimeException e) {
            opened.tryFailure(e);
        }
        return promise;
    }

    private void opened(Future<AioFile> done, Promise<AioFile> promise) {
        use.end();
        if (!done.isSuccess()) {
            promise.tryFailure(done.cause());
        } else if (!promise.trySuccess(done.getNow())) {
            done.getNow().close();
        }
    }

    @Override
    public Future<AioFileAttributes> attributes(Path relative, LinkOption... options) {
        boolean follow = !Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS);
        return attributes(relative, follow, LoopPromise.of(loop));
    }

    @Override
    public Future<AioFileAttributes> attributes(Path relative, Promise<AioFileAttributes> promise) {
        return attributes(relative, true, promise);
    }

    private Future<AioFileAttributes> attributes(
            Path relative, boolean follow, Promise<AioFileAttributes> promise) {
        RelativeName.check(relative);
        if (held.quick && !Routing.OFF && loop.inEventLoop()) {
            if (!begin(promise)) {
                return promise;
            }
            boolean answered;
            try {
                answered = answerByHeart(relative, follow, promise);
            } finally {
                use.end();
            }
            if (answered) {
                return promise;
            }
        }
        return run(promise, () -> held.attributes(relative, follow));
    }

    /** On the loop; false where a helper has to look. */
    private boolean answerByHeart(
            Path relative, boolean follow, Promise<AioFileAttributes> promise) {
        if (status == null) {
            status = FileStatus.allocate();
        }
        int result = held.statusByHeart(relative, follow, status);
        if (result == -Errno.ENOENT) {
            promise.tryFailure(Errors.of(result, "attributes", held.path.resolve(relative)));
            return true;
        }
        if (result < 0) {
            return false;
        }
        if (result > 0) {
            int left = result - 1;
            Closing.onHelper(HelperLane.METADATA, held.device, () -> held.closeLeft(left));
        }
        promise.trySuccess(NativeAttributes.of(status, status.size()));
        return true;
    }

    @Override
    public Future<AioDirectory> openDirectory(Path relative) {
        return openDirectory(relative, LoopPromise.of(loop));
    }

    @Override
    public Future<AioDirectory> openDirectory(Path relative, Promise<AioDirectory> promise) {
        RelativeName.check(relative);
        if (begin(promise)) {
            new OpenDirectoryTask(loop, promise, () -> held.openDirectory(relative), use)
                    .start(HelperLane.METADATA, held.device);
        }
        return promise;
    }

    @Override
    public Future<List<Path>> list() {
        return list(LoopPromise.of(loop));
    }

    @Override
    public Future<List<Path>> list(Promise<List<Path>> promise) {
        return run(promise, held::names);
    }

    @Override
    public Path path() {
        return held.path;
    }

    @Override
    public Path descriptorPath() {
        return held.descriptorPath;
    }

    @Override
    public boolean isRaceFree() {
        return held.beneath.enforced;
    }

    @Override
    public AioDirectory on(EventLoop other) {
        Arguments.notNull(other, "other");
        DefaultAioDirectory handle = new DefaultAioDirectory(other, held);
        if (use.begin()) {
            held.retain();
            use.end();
        } else {
            handle.use.neverOpen();
        }
        return handle;
    }

    @Override
    public EventLoop eventLoop() {
        return loop;
    }

    @Override
    public Future<Void> close() {
        return close(new LoopPromise<>(loop));
    }

    @Override
    public Future<Void> close(Promise<Void> promise) {
        return use.close(Arguments.notNull(promise, "promise"));
    }

    @Override
    public boolean isOpen() {
        return use.isOpen();
    }

    @Override
    public String toString() {
        return "AioDirectory(" + held.path + (isOpen() ? ")" : ", closed)");
    }
}
