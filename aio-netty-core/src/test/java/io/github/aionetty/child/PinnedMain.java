// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.child;

import io.github.aionetty.AioContext;
import io.github.aionetty.BlockingAioFile;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.support.VirtualThreads;
import io.netty.buffer.ByteBuf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Reads a file with a thousand virtual threads, and prints how often one was pinned. */
public final class PinnedMain {
    private static final String EVENT = "jdk.VirtualThreadPinned";
    private static final String LIBRARY = "io.github.aionetty";
    private static final int THREADS = 1000;
    private static final int LENGTH = 4096;
    private static final byte[] CONTENT = Pattern.bytes(0, 1 << 20);

    private PinnedMain() {}

    /** Nothing parks in an initializer without its carrier. */
    private static final class Pinning {
        static final long AT = System.nanoTime();

        static {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static void read(BlockingAioFile file, int place) throws Exception {
        int from = place % (CONTENT.length - LENGTH);
        ByteBuf bytes = file.read(from, LENGTH);
        Pattern.check(bytes, CONTENT, from, LENGTH);
        bytes.release();
        file.size();
    }

    private static boolean isIn(RecordedEvent event, String name) {
        return event.getStackTrace() != null
                && event.getStackTrace().getFrames().stream()
                        .anyMatch(frame -> frame.getMethod().getType().getName().contains(name));
    }

    /** Of this library, but for the thread that pins itself. */
    private static boolean isHere(RecordedEvent event) {
        return isIn(event, LIBRARY) && !isIn(event, "Pinning");
    }

    public static void main(String[] arguments) throws Exception {
        Path path = Files.createTempFile(Path.of(arguments[0]), "pinned", "");
        Path log = Files.createTempFile("pinned", ".jfr");
        AtomicInteger read = new AtomicInteger();
        try (TestLoops loops = TestLoops.epoll(1);
                Recording recording = new Recording()) {
            Files.write(path, CONTENT);
            BlockingAioFile file = BlockingAioFile.open(AioContext.of(loops.next()), path);
            // Loading a class may pin whoever needs it first.
            VirtualThreads.runAll(1, () -> read(file, 0));
            recording.enable(EVENT).withThreshold(Duration.ZERO).withStackTrace();
            recording.start();
            AtomicInteger next = new AtomicInteger();
            VirtualThreads.runAll(
                    THREADS,
                    () -> {
                        read(file, next.getAndAdd(997));
                        read.incrementAndGet();
                    });
            VirtualThreads.runAll(1, () -> System.out.println("at=" + Pinning.AT));
            recording.stop();
            recording.dump(log);
            file.close();
        } finally {
            Files.delete(path);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(log);
        Files.delete(log);
        System.out.println("read=" + read);
        System.out.println("pinned here=" + events.stream().filter(PinnedMain::isHere).count());
        boolean seen = events.stream().anyMatch(event -> isIn(event, "Pinning"));
        System.out.println("pinned on purpose=" + (seen ? "seen" : "none"));
        events.forEach(System.out::println);
        System.exit(0);
    }
}
