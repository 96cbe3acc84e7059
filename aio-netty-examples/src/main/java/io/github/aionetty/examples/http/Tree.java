// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioDirectory;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFiles;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files below a root, and the only way to them: by a directory held open, beneath which the
 * kernel looks up names, so that no link that is put there at the wrong moment leads out. Any
 * thread.
 */
final class Tree implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tree.class);

    /** What the kernel says where a path leads out, and to every absolute link. */
    private static final int EXDEV = 18;

    private static final long CLOSE_MILLIS = 500;

    private final Path root;
    private final Map<EventExecutor, AioDirectory> handles = new HashMap<>();

    /**
     * What a path leads to.
     *
     * @param path relative to the root; another than was asked for where absolute links lead there
     * @param attributes links followed
     */
    record Located(Path path, AioFileAttributes attributes) {}

    private Tree(Path root) {
        this.root = root;
    }

    /** Opens the root for all loops; blocks. */
    static Tree open(Path root, Iterable<EventExecutor> loops) throws IOException {
        Tree tree = new Tree(root.toRealPath());
        AioDirectory first = null;
        for (EventExecutor loop : loops) {
            if (first == null) {
                first = opened(AioFiles.of((EventLoop) loop).openDirectory(tree.root));
                tree.handles.put(loop, first);
            } else {
                tree.handles.put(loop, first.on((EventLoop) loop));
            }
        }
        if (first != null && !first.isRaceFree()) {
            LOG.warn(
                    "Linux before 5.6, or a seccomp profile without openat2: who can change {} can"
                            + " have files outside of it served by swapping a folder for a link at"
                            + " the right moment",
                    tree.root);
        }
        return tree;
    }

    private static AioDirectory opened(Future<AioDirectory> opening) throws IOException {
        try {
            return opening.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    /** The root, on a loop of the server. */
    AioDirectory on(EventLoop loop) {
        return handles.get(loop);
    }

    /**
     * What is there. Links are followed while they stay inside; absolute ones, too, where their
     * target is inside.
     *
     * @return fails with {@link Refusal} where links lead out of the root
     */
    Future<Located> locate(EventLoop loop, Path path) {
        Future<AioFileAttributes> looking = on(loop).attributes(path);
        if (looking.isSuccess()) { // Most often the kernel knows.
            return loop.newSucceededFuture(new Located(path, looking.getNow()));
        }
        Promise<Located> located = loop.newPromise();
        FutureListener<AioFileAttributes> seen =
                done -> {
                    if (done.isSuccess()) {
                        located.setSuccess(new Located(path, done.getNow()));
                    } else if (leadsOut(done.cause())) {
                        locateReal(loop, path, located);
                    } else {
                        located.setFailure(done.cause());
                    }
                };
        looking.addListener(seen);
        return located;
    }

    /** The kernel follows no absolute link, since that would lead out of the root and back in. */
    private void locateReal(EventLoop loop, Path path, Promise<Located> located) {
        FutureListener<Path> resolved =
                done -> {
                    if (!done.isSuccess()) {
                        located.setFailure(done.cause());
                    } else if (done.getNow().startsWith(root)) {
                        look(loop, root.relativize(done.getNow()), located);
                    } else {
                        // Not 403: what exists outside is nobody's business.
                        located.setFailure(new Refusal(HttpResponseStatus.NOT_FOUND));
                    }
                };
        AioFiles.of(loop).realPath(root.resolve(path)).addListener(resolved);
    }

    private void look(EventLoop loop, Path real, Promise<Located> located) {
        FutureListener<AioFileAttributes> seen =
                done -> {
                    if (done.isSuccess()) {
                        located.setSuccess(new Located(real, done.getNow()));
                    } else {
                        located.setFailure(
                                leadsOut(done.cause())
                                        ? new Refusal(HttpResponseStatus.NOT_FOUND)
                                        : done.cause());
                    }
                };
        // A link in the place of what was found has been put there since.
        on(loop).attributes(real, LinkOption.NOFOLLOW_LINKS).addListener(seen);
    }

    private static boolean leadsOut(Throwable cause) {
        return cause instanceof AioException e && e.errno() == EXDEV;
    }

    /** Blocks for a moment: who listens to that has to be told while the loops live. */
    @Override
    public void close() {
        List<Future<Void>> closing = new ArrayList<>();
        handles.values().forEach(handle -> closing.add(handle.close()));
        closing.forEach(done -> done.awaitUninterruptibly(CLOSE_MILLIS));
    }
}
