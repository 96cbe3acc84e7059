// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;

/**
 * The context's eventfd on Netty's epoll: edge-triggered, so that it need never be read. Closing
 * the handle is how the loop says that it is shutting down.
 */
final class EventFdHandle implements EpollIoHandle {
    private static final InternalLogger LOGGER =
            InternalLoggerFactory.getInstance(EventFdHandle.class);

    private final FileDescriptor fd;
    private final KernelEngine engine;
    private final Runnable loopEnding;
    private final UntimedSleep sleep = new UntimedSleep();
    private IoRegistration registration;

    EventFdHandle(int eventFd, KernelEngine engine, Runnable loopEnding) {
        this.fd = new FileDescriptor(eventFd);
        this.engine = engine;
        this.loopEnding = loopEnding;
    }

    /** Registering alone does not arm: the first submit does. On the loop; returns the failure. */
    Throwable arm(EventLoop loop, IoRegistration registered) {
        registration = registered;
        try {
            // Not a constant: Netty's ops need its native library, and this class is to load
            // without.
            registered.submit(EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLET));
            sleep.begin(loop);
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Takes the eventfd out of epoll; before it is closed. On the loop. */
    void cancel() {
        if (registration != null) {
            registration.cancel();
            sleep.end();
        }
    }

    @Override
    public FileDescriptor fd() {
        return fd;
    }

    @Override
    public void handle(IoRegistration unused, IoEvent event) {
        try {
            engine.signalled();
        } catch (Throwable t) {
            // Netty would answer with a second's sleep on the loop, and this edge would be lost.
            LOGGER.warn("completions were not taken up", t);
        }
    }

    @Override
    public void close() {
        loopEnding.run();
    }
}
