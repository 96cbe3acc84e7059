// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.AioRoute;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.Intercepted.Interceptor;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Files of one file system on one loop, and the ways that their transfers take. */
final class RoutedFiles implements AutoCloseable {
    static final int BLOCK = 4096;

    private static final int DEPTH = 4;
    private static final int ATTEMPTS = 6;
    private static final long CALM_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    private final TestLoops loops = TestLoops.epoll(1);
    private final Path directory;
    private final List<Path> made = new ArrayList<>();
    private final Map<AioRoute, Long> seen = new EnumMap<>(AioRoute.class);
    private final long began = System.nanoTime();
    private volatile Interceptor interceptor = (call, arguments) -> null;
    final AioContext context;

    private RoutedFiles(String fileSystem) throws IOException {
        directory = FileSystemsUnderTest.directory(fileSystem);
        FileSystemsUnderTest.requireDirect(directory);
        context =
                ((DefaultBuilder) AioContext.builder(loops.next()))
                        .syscalls(
                                Intercepted.kernel(
                                        (call, arguments) -> interceptor.before(call, arguments)))
                        .engine(AioEngine.KERNEL)
                        .build();
        withoutDetector((DefaultAioContext) context);
    }

    /**
     * An {@code io_submit} that takes long teaches the routing to keep off the loop, and on a busy
     * machine many do: here nothing is learned of it, unless a test says so.
     */
    static void withoutDetector(DefaultAioContext context) {
        try {
            Field queue = KernelEngine.class.getDeclaredField("queue");
            queue.setAccessible(true);
            Field detector = SubmissionQueue.class.getDeclaredField("stalls");
            detector.setAccessible(true);
            detector.set(
                    queue.get(context.engine),
                    new StallDetector(
                            0,
                            System::nanoTime,
                            new SleepWatch(() -> 0),
                            context.counters,
                            StallLog.INSTANCE,
                            (suspect, verdict, nanos) -> {}));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** For a test that sees itself whether the machine was too busy. */
    static RoutedFiles of(String fileSystem) throws IOException {
        return new RoutedFiles(fileSystem);
    }

    /** What a test does with them. */
    interface Scenario {
        void run(RoutedFiles files) throws Exception;
    }

    /**
     * Runs a scenario, and once more where the machine was too busy to tell: a write is forgotten
     * some seconds later.
     */
    static void on(String fileSystem, Scenario scenario) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try (RoutedFiles files = new RoutedFiles(fileSystem)) {
                try {
                    scenario.run(files);
                    return;
                } catch (AssertionError e) {
                    if (attempt == ATTEMPTS || files.isCalm()) {
                        throw e;
                    }
                }
            }
        }
    }

    private boolean isCalm() {
        return System.nanoTime() - began < CALM_NANOS;
    }

    /** From now on sees the system calls. */
    void intercept(Interceptor newInterceptor) {
        interceptor = newInterceptor;
    }

    Path newPath() throws IOException {
        Path path = Files.createTempFile(directory, "routed", "");
        made.add(path);
        return path;
    }

    ByteBuf zeros(int length) {
        return context.alloc().directBuffer(length).writeZero(length);
    }

    /** A file of that many blocks that were written past the page cache, as yet unknown. */
    Path written(int blocks) throws IOException {
        Path path = newPath();
        AioFile file = direct(path);
        get(file.write(zeros(blocks * BLOCK), 0));
        get(file.fsync());
        get(file.close());
        return path;
    }

    /** Opens a file to read and write, past the page cache, and begins to count. */
    AioFile direct(Path path, OpenOption... more) {
        OpenOption[] options = Arrays.copyOf(more, more.length + 1);
        options[more.length] = AioOpenOption.DIRECT;
        return open(path, options);
    }

    AioFile open(Path path, OpenOption... more) {
        OpenOption[] options = Arrays.copyOf(more, more.length + 2);
        options[more.length] = StandardOpenOption.READ;
        options[more.length + 1] = StandardOpenOption.WRITE;
        AioFile file = get(context.open(path, options));
        used(file);
        taken();
        return file;
    }

    /** The file system counts as in use: the first transfers are another matter. */
    private static void used(AioFile file) {
        DeviceState device = ((DefaultAioFile) file).open.inode.device;
        device.readByHelper();
        device.overwrittenByHelper();
    }

    /** Closes what was opened, and the context with it. */
    void closeAll() {
        get(context.close());
    }

    /** Begins to write one block. */
    Future<Integer> writing(AioFile file, long block) {
        return file.write(zeros(BLOCK), block * BLOCK);
    }

    /** Writes one block, and tells how. */
    Map<AioRoute, Long> write(AioFile file, long block) {
        get(writing(file, block));
        return taken();
    }

    /** Writes a few bytes of a block, and tells how. */
    Map<AioRoute, Long> writePart(AioFile file, long block) {
        get(file.write(zeros(100), block * BLOCK + 50));
        return taken();
    }

    /** Reads one block, and tells how. */
    Map<AioRoute, Long> read(AioFile file, long block) {
        get(file.read(block * BLOCK, BLOCK)).release();
        return taken();
    }

    /** Writes block after block of a range, a few at a time, so many in all; tells how. */
    Map<AioRoute, Long> stream(AioFile file, int blocks, int count) {
        Promise<Void> done = context.eventLoop().newPromise();
        AtomicInteger next = new AtomicInteger();
        AtomicInteger left = new AtomicInteger(count);
        context.eventLoop()
                .execute(
                        () -> {
                            for (int i = 0; i < DEPTH; i++) {
                                goOn(file, blocks, next, left, done);
                            }
                        });
        get(done);
        return taken();
    }

    private void goOn(
            AioFile file, int blocks, AtomicInteger next, AtomicInteger left, Promise<Void> done) {
        writing(file, next.getAndIncrement() % blocks)
                .addListener(
                        write -> {
                            if (!write.isSuccess()) {
                                done.tryFailure(write.cause());
                            } else if (left.decrementAndGet() == 0) {
                                done.trySuccess(null);
                            } else if (left.get() >= DEPTH) {
                                goOn(file, blocks, next, left, done);
                            }
                        });
    }

    /** The ways taken since this was last asked. */
    Map<AioRoute, Long> taken() {
        Map<AioRoute, Long> taken = new EnumMap<>(AioRoute.class);
        for (AioRoute route : AioRoute.values()) {
            long now = context.metrics().routed(route);
            long before = seen.getOrDefault(route, 0L);
            seen.put(route, now);
            if (now != before) {
                taken.put(route, now - before);
            }
        }
        return taken;
    }

    @Override
    public void close() throws IOException {
        loops.close();
        // Closed by the drainer: what is known of the inodes and their device goes with them.
        Awaitility.await().until(() -> InodeTable.INSTANCE.size() == 0);
        for (Path path : made) {
            Files.deleteIfExists(path);
        }
    }
}
