// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.hammer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.AioRoute;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** The file under the hammer, a model of its bytes in memory, and the writers. */
public final class Hammer implements AutoCloseable {
    private static final int PAGE = 4096;
    private static final int SHARED_PAGES = 96;
    private static final int WHOLE_PAGES = 96;
    private static final int OVERLAP_PAGES = 8;
    private static final int FIRST_OVERLAP = SHARED_PAGES + WHOLE_PAGES;
    private static final int WHOLE_FILL = 0xd0;
    private static final int PART_FILL = 0xb0;

    /** In milliseconds. */
    private static final int MOST_PAUSE = 150;

    /** In seconds. */
    private static final int MOST_PATIENCE = 60;

    private static final int LIMIT = 256 << 20;

    private final Path path;
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
    private final byte[] model = new byte[LIMIT];
    private final AtomicLong size = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong fsyncs = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Phaser chains = new Phaser(1);
    private final List<AioFile> files = new ArrayList<>();
    private volatile boolean stop;
    private volatile boolean pauses;

    /**
     * Opens the file twice direct and once buffered, on two loops.
     *
     * @param path a file that does not exist
     */
    public Hammer(Path path) throws Exception {
        this.path = path;
        Files.deleteIfExists(path);
        Files.createFile(path);
        EventLoop one = group.next();
        EventLoop two = group.next();
        files.add(open(one, AioOpenOption.DIRECT));
        files.add(open(two, AioOpenOption.DIRECT));
        files.add(open(two, StandardOpenOption.READ));
        byte[] start = new byte[(FIRST_OVERLAP + OVERLAP_PAGES) * PAGE];
        files.get(0).write(io.netty.buffer.Unpooled.wrappedBuffer(start), 0).sync();
        wrote(0, start);
    }

    private AioFile open(EventLoop loop, java.nio.file.OpenOption option) throws Exception {
        return AioContext.of(loop)
                .open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, option)
                .get(30, TimeUnit.SECONDS);
    }

    /**
     * Runs all writers.
     *
     * @param seconds for how long; longer on a machine too busy for a hundred writes and a sync in
     *     each of them
     * @param resizes whether the file's end is cut and allocated, too, and not only extended; what
     *     changes the inode then pauses, so that overwrites of whole blocks also run without it
     */
    public void run(int seconds, boolean resizes) throws Exception {
        pauses = resizes;
        AioFile one = files.get(0);
        AioFile two = files.get(1);
        AioFile buffered = files.get(2);
        List<Runnable> starts = new ArrayList<>();
        // The bytes of one page belong to four writers.
        starts.add(new Stripes(this, one, two, 0, SHARED_PAGES, 0, 512)::next);
        starts.add(new Stripes(this, two, one, 0, SHARED_PAGES, 512, 1536)::next);
        starts.add(new Stripes(this, two, buffered, 0, SHARED_PAGES, 2048, 777)::next);
        starts.add(new Stripes(this, buffered, one, 0, SHARED_PAGES, 2825, 1271)::next);
        for (int i = 0; i < 4; i++) {
            AioFile writer = i % 2 == 0 ? one : two;
            AioFile reader = i % 2 == 0 ? buffered : one;
            int first = SHARED_PAGES + i * (WHOLE_PAGES / 4);
            starts.add(new Stripes(this, writer, reader, first, WHOLE_PAGES / 4, 0, PAGE)::next);
        }
        for (AioFile file : files.subList(0, 2)) {
            for (boolean whole : new boolean[] {true, false}) {
                int fill = whole ? WHOLE_FILL : PART_FILL;
                starts.add(
                        new Overlapping(this, file, FIRST_OVERLAP, OVERLAP_PAGES, whole, fill)
                                ::next);
            }
        }
        if (resizes) {
            starts.add(new Resizer(this, one, two, size.get())::next);
        } else {
            starts.add(new Extender(this, one, size.get(), LIMIT)::next);
        }
        for (Runnable start : starts) {
            chains.register();
            start.run();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long last = deadline + TimeUnit.SECONDS.toNanos(MOST_PATIENCE);
        while (failure.get() == null && System.nanoTime() < (isEnough(seconds) ? deadline : last)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        stop = true;
        if (failure.get() == null) {
            int phase = chains.arrive();
            chains.awaitAdvanceInterruptibly(phase, 60, TimeUnit.SECONDS);
        }
        rethrow();
    }

    /** Whether so many seconds' worth of writes and syncs have been done. */
    public boolean isEnough(int seconds) {
        return writes.get() > seconds * 100L && fsyncs.get() > seconds;
    }

    /** Compares every byte, as direct and as buffered readers see them, with the model. */
    public void verify() throws Exception {
        for (AioFile file : files) {
            file.fsync().get(60, TimeUnit.SECONDS);
        }
        assertThat(Files.size(path)).isEqualTo(size.get());
        for (AioFile file : files) {
            int piece = 1 << 20;
            for (long at = 0; at < size.get(); at += piece) {
                ByteBuf read = file.read(at, piece).get(60, TimeUnit.SECONDS);
                try {
                    int length = (int) Math.min(piece, size.get() - at);
                    byte[] bytes = new byte[length];
                    read.readBytes(bytes);
                    byte[] expected = new byte[length];
                    System.arraycopy(model, (int) at, expected, 0, length);
                    if (at == 0) {
                        takeOverlap(bytes, expected);
                    }
                    assertThat(bytes).as("bytes at %s of %s", at, file).isEqualTo(expected);
                } finally {
                    read.release();
                }
            }
        }
    }

    /** Where two writers overlapped, either one's byte is right. */
    private static void takeOverlap(byte[] bytes, byte[] expected) {
        for (int i = FIRST_OVERLAP * PAGE; i < (FIRST_OVERLAP + OVERLAP_PAGES) * PAGE; i++) {
            assertThat(bytes[i] & 0xff).isIn(0, WHOLE_FILL, PART_FILL);
            expected[i] = bytes[i];
        }
    }

    /** Goes on, maybe some time later, with what keeps overwrites off the loop. */
    void pause(AioFile file, Runnable then) {
        if (pauses) {
            long millis = ThreadLocalRandom.current().nextInt(MOST_PAUSE);
            file.context().eventLoop().schedule(then, millis, TimeUnit.MILLISECONDS);
        } else {
            then.run();
        }
    }

    void sync(AioFile file, Runnable then) {
        file.fsync()
                .addListener(
                        f -> {
                            if (f.isSuccess()) {
                                fsyncs.incrementAndGet();
                                then.run();
                            } else {
                                fail(f.cause());
                            }
                        });
    }

    void wrote(long position, byte[] bytes) {
        System.arraycopy(bytes, 0, model, (int) position, bytes.length);
        size.accumulateAndGet(position + bytes.length, Math::max);
        writes.incrementAndGet();
    }

    /** The file ends there now, cut or with zeros at its end. */
    void resized(long newSize) {
        long before = size.getAndSet(newSize);
        if (newSize < before) {
            Arrays.fill(model, (int) newSize, (int) before, (byte) 0);
        }
    }

    byte[] expected(long from, long to) {
        return Arrays.copyOfRange(model, (int) from, (int) to);
    }

    boolean stopped() {
        return stop;
    }

    void chainDone() {
        chains.arriveAndDeregister();
    }

    void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
        stop = true;
        chainDone();
    }

    private void rethrow() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new AssertionError("a writer failed", cause);
        }
    }

    /**
     * Transfers that took a way, of both loops.
     *
     * @return count
     */
    public long routed(AioRoute route) {
        return files.subList(0, 2).stream()
                .mapToLong(file -> file.context().metrics().routed(route))
                .sum();
    }

    @Override
    public void close() {
        for (AioFile file : files) {
            file.close().syncUninterruptibly();
        }
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
