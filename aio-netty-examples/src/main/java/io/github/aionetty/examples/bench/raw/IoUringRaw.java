// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringIoOps;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Netty's io_uring transport. It has no files, but lets a handle submit what it likes: here all of
 * it, from the opening of the file on.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/io_uring_enter.2.html">io_uring_enter(2)</a>
 */
final class IoUringRaw extends BufferedRaw {
    private static final byte OPENAT = 18;
    private static final byte CLOSE = 19;
    private static final byte READ = 22;
    private static final byte WRITE = 23;
    private static final int AT_FDCWD = -100;
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;

    /** Of x86_64, and of the architectures that differ from it. */
    private static final int O_DIRECT =
            System.getProperty("os.arch").equals("aarch64") ? 0x10000 : 0x4000;

    private static final int RING_SIZE = 256;
    private static final long PATIENCE_SECONDS = 15;

    /** Whatever is no slot's transfer. */
    private static final long CONTROL = -1;

    private EventLoopGroup group;
    private IoRegistration registration;
    private int descriptor = -1;
    private volatile CompletableFuture<Integer> control;

    @Override
    void open(String path) throws Exception {
        group =
                new MultiThreadIoEventLoopGroup(
                        1,
                        IoUringIoHandler.newFactory(
                                new IoUringIoHandlerConfig().setRingSize(RING_SIZE)));
        registration = ((IoEventLoop) group.next()).register(new Handle()).get();
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        ByteBuffer name = ByteBuffer.allocateDirect(bytes.length + 1).put(bytes).put((byte) 0);
        int flags = (write ? O_RDWR : 0) | O_CLOEXEC | O_DIRECT;
        long address = PlatformDependent.directBufferAddress(name);
        int result = control(ops(OPENAT, AT_FDCWD, 0, address, 0, flags, CONTROL));
        if (name.position() == 0 || result < 0) {
            throw new IOException(
                    path + " cannot be opened for direct transfers: errno=" + -result);
        }
        descriptor = result;
    }

    /** Submits one that is no transfer, and waits for it. */
    private int control(IoUringIoOps ops) throws IOException {
        control = new CompletableFuture<>();
        group.next().execute(() -> registration.submit(ops));
        try {
            return control.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException("io_uring does not answer", e);
        }
    }

    private static IoUringIoOps ops(
            byte opcode, int fd, long offset, long address, int length, int flags, long data) {
        short none = 0;
        return new IoUringIoOps(
                opcode, (byte) 0, none, fd, offset, address, length, flags, data, none, none, 0, 0);
    }

    @Override
    void begin() {
        group.next().execute(super::begin);
    }

    @Override
    void start(int slot, long position) {
        byte opcode = write ? WRITE : READ;
        registration.submit(ops(opcode, descriptor, position, address(slot), blockSize, 0, slot));
    }

    /** What the loop knows; the loop closes it, too, and that must not be this contender's end. */
    private final class Handle implements IoUringIoHandle {
        @Override
        public void handle(IoRegistration owner, IoEvent event) {
            IoUringIoEvent completion = (IoUringIoEvent) event;
            long data = completion.userData();
            if (data == CONTROL) {
                control.complete(completion.res());
            } else {
                done((int) data, completion.res());
            }
        }

        @Override
        public void close() {}
    }

    @Override
    public void close() throws IOException {
        if (descriptor >= 0) {
            control(ops(CLOSE, descriptor, 0, 0, 0, 0, CONTROL));
        }
        if (registration != null) {
            registration.cancel();
        }
        if (group != null) {
            group.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }
}
