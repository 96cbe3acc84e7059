// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioEngine;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.NativeLibrary;
import io.github.aionetty.nativeaio.Syscalls;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Each loop's context, and the choice of its engine. */
public final class ContextRegistry {
    private static final InternalLogger LOGGER =
            InternalLoggerFactory.getInstance(ContextRegistry.class);

    private static final ConcurrentMap<EventLoop, DefaultAioContext> CONTEXTS =
            new ConcurrentHashMap<>();

    /**
     * Contexts that a loop's end has to reach: those closing, too, which {@code of} gives no more.
     */
    private static final Set<DefaultAioContext> LIVE = ConcurrentHashMap.newKeySet();

    /** Loops whose end is listened to. */
    private static final Set<EventLoop> WATCHED = ConcurrentHashMap.newKeySet();

    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private ContextRegistry() {}

    /**
     * The loop's context, made on first use.
     *
     * @param loop any event loop
     * @return its context
     */
    public static DefaultAioContext of(EventLoop loop) {
        DefaultAioContext context = CONTEXTS.get(Arguments.notNull(loop, "loop"));
        return context != null ? context : create(loop, null, ContextConfig.DEFAULT, false);
    }

    /**
     * A builder for the loop's context.
     *
     * @param loop any event loop
     * @return the builder
     */
    public static DefaultBuilder builder(EventLoop loop) {
        return new DefaultBuilder(Arguments.notNull(loop, "loop"));
    }

    /** Makes the loop's context; {@code fresh} if there must not be one yet. */
    static DefaultAioContext create(
            EventLoop loop, Syscalls given, ContextConfig config, boolean fresh) {
        AtomicBoolean created = new AtomicBoolean();
        DefaultAioContext context =
                CONTEXTS.computeIfAbsent(
                        loop,
                        key -> {
                            created.set(true);
                            DefaultAioContext made = make(key, given, config);
                            LIVE.add(made);
                            return made;
                        });
        if (created.get()) {
            start(context);
        } else if (fresh) {
            throw new IllegalStateException(
                    "loop=" + loop + " has a context already; build before its first use");
        }
        return context;
    }

    private static DefaultAioContext make(EventLoop loop, Syscalls given, ContextConfig config) {
        checkEnds(loop);
        if (loop.isShuttingDown()) {
            throw new IllegalStateException("loop=" + loop + " is shutting down");
        }
        Syscalls sys = given;
        if (sys == null && NativeLibrary.isAvailable()) {
            sys = LibAio.instance();
        }
        KernelContext kernel = null;
        if (config.engine() != AioEngine.THREAD_POOL) {
            String obstacle = obstacle(loop);
            if (obstacle == null) {
                kernel = setup(sys, config);
            } else if (config.engine() == AioEngine.KERNEL) {
                throw new UnsupportedOperationException(
                        "engine=KERNEL: " + obstacle + "; use AUTO or THREAD_POOL");
            } else {
                warn(obstacle);
            }
        }
        try {
            return new DefaultAioContext(loop, sys, config, kernel);
        } catch (Throwable t) {
            if (kernel != null) {
                HelperLane.METADATA.execute(HelperLane.CHORES, kernel::destroy);
            }
            throw t;
        }
    }

    /** EmbeddedEventLoop tells no end, and runs what helpers give it on nobody's thread. */
    private static void checkEnds(EventLoop loop) {
        try {
            loop.terminationFuture();
        } catch (UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    "loop="
                            + loop.getClass().getSimpleName()
                            + " has no thread of its own; use a loop of an EventLoopGroup",
                    e);
        }
    }

    private static KernelContext setup(Syscalls sys, ContextConfig config) {
        try {
            return KernelContext.create(sys, config.capacity(), config.exact());
        } catch (IOException e) {
            if (config.exact() || config.engine() == AioEngine.KERNEL) {
                throw new UncheckedIOException(e);
            }
            warn(e.getMessage());
            return null;
        }
    }

    /** Why the kernel engine cannot serve this loop; {@code null} if it can. */
    private static String obstacle(EventLoop loop) {
        if (!(loop instanceof IoEventLoop io) || !io.isCompatible(EpollIoHandle.class)) {
            return "loop="
                    + loop.getClass().getSimpleName()
                    + " is not an epoll event loop (EpollIoHandler)";
        }
        Throwable cause = KernelProbe.cause();
        return cause == null ? null : cause.getMessage();
    }

    private static void warn(String obstacle) {
        if (WARNED.compareAndSet(false, true)) {
            LOGGER.warn("files are served by a thread pool instead of kernel AIO: {}", obstacle);
        } else {
            LOGGER.debug("files are served by a thread pool instead of kernel AIO: {}", obstacle);
        }
    }

    private static void start(DefaultAioContext context) {
        EventLoop loop = context.eventLoop();
        if (WATCHED.add(loop)) {
            loop.terminationFuture().addListener(f -> terminated(loop));
        }
        if (loop.inEventLoop()) {
            startOnLoop(context);
            return;
        }
        // Where the loop has ended meanwhile, its termination ends the context.
        MustRun.on(loop, () -> startOnLoop(context));
    }

    private static void startOnLoop(DefaultAioContext context) {
        if (context.shutdown.isDetached()) {
            // Closed by the loop before it came here: the eventfd's number may be another file's.
            return;
        }
        context.shutdown.watch();
        EventFdHandle handle = context.shutdown.handle;
        if (handle != null) {
            register((IoEventLoop) context.eventLoop(), handle, context);
        }
    }

    private static void register(
            IoEventLoop loop, EventFdHandle handle, DefaultAioContext context) {
        loop.register(handle)
                .addListener(
                        f -> {
                            Throwable failure = f.cause();
                            if (failure == null && context.shutdown.isDetached()) {
                                ((IoRegistration) f.getNow()).cancel();
                                return;
                            }
                            if (failure == null) {
                                failure = handle.arm(loop, (IoRegistration) f.getNow());
                            }
                            if (failure != null) {
                                // Nobody would hear of completions: the drainer waits for them.
                                LOGGER.error("{} cannot be used", context, failure);
                                context.shutdown.loopEnding();
                            }
                        });
    }

    private static void terminated(EventLoop loop) {
        WATCHED.remove(loop);
        for (DefaultAioContext context : LIVE) {
            if (context.eventLoop() == loop) {
                context.shutdown.loopEnding();
            }
        }
    }

    /** The context refuses new work: the loop may get another one. */
    static void closing(DefaultAioContext context) {
        CONTEXTS.remove(context.eventLoop(), context);
    }

    /** The context does not depend on its loop's end any more. */
    static void detached(DefaultAioContext context) {
        CONTEXTS.remove(context.eventLoop(), context);
        LIVE.remove(context);
    }
}
