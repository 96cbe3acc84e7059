// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioEngine;
import io.github.aionetty.support.ChildJvm;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.trust.Length;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Loops and JVMs that end while several threads go on asking for more: every promise is completed,
 * once, by success or because of the end; buffers, descriptors and contexts are given back (which
 * {@link io.github.aionetty.support.Baseline} checks), and the end comes soon.
 */
@Timeout(600)
class CloseUnderLoadTest {
    private static final int WARM = 1_000;
    private static final int ROUNDS = Math.max(1, Length.ROUNDS / 2);
    private static final int EXIT = 7;

    private static EventLoopGroup group(AioEngine engine) {
        return new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory("test-load", true),
                engine == AioEngine.KERNEL
                        ? EpollIoHandler.newFactory()
                        : NioIoHandler.newFactory());
    }

    private static Path file() throws Exception {
        return Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "load", ".bin");
    }

    @ParameterizedTest
    @CsvSource({"KERNEL, 0", "KERNEL, 200", "THREAD_POOL, 0", "THREAD_POOL, 200"})
    void aLoopThatEndsCompletesWhatItsCallersGoOnAskingFor(AioEngine engine, int quietMillis)
            throws Exception {
        Path path = file();
        long operations = 0;
        long refused = 0;
        try {
            for (int i = 0; i < ROUNDS; i++) {
                EventLoopGroup group = group(engine);
                try (Load load = new Load(group.next(), engine, path)) {
                    load.await(WARM);
                    long began = System.nanoTime();
                    group.shutdownGracefully(quietMillis, 10_000, TimeUnit.MILLISECONDS);
                    assertThat(group.terminationFuture().await(20, TimeUnit.SECONDS)).isTrue();
                    load.stop();
                    // Callers keep a loop with a quiet period alive, at most for its timeout.
                    assertThat(System.nanoTime() - began).isLessThan(15_000_000_000L);
                    refused += load.settle();
                    operations += load.operations();
                }
            }
        } finally {
            Files.delete(path);
        }
        assertThat(refused).isPositive().isLessThan(operations);
        System.out.printf(
                "Loops ended under load, %s, quiet %d ms: %d rounds, %d operations, %d refused%n",
                engine, quietMillis, ROUNDS, operations, refused);
    }

    /** Who interrupts threads at random interrupts nothing of ours. */
    @ParameterizedTest
    @CsvSource({"KERNEL", "THREAD_POOL"})
    void interruptsLoseNothing(AioEngine engine) throws Exception {
        Path path = file();
        EventLoopGroup group = group(engine);
        try (Load load = new Load(group.next(), engine, path)) {
            for (int i = 0; i < 20 * Length.ROUNDS; i++) {
                load.await(20);
                for (Thread each : Thread.getAllStackTraces().keySet()) {
                    String name = each.getName();
                    if (name.startsWith("aio-netty") || name.startsWith("test-load")) {
                        each.interrupt();
                    }
                }
            }
            load.stop();
            assertThat(load.settle()).isZero();
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
            Files.delete(path);
        }
    }

    @ParameterizedTest
    @CsvSource({"KERNEL, exit", "KERNEL, halt", "THREAD_POOL, exit"})
    void aJvmEndsInTheMiddle(AioEngine engine, String way) throws Exception {
        Path path = file();
        Path records = file();
        try {
            ChildJvm.Result result =
                    new ChildJvm()
                            .run(
                                    ExitMain.class,
                                    path.toString(),
                                    records.toString(),
                                    engine.name(),
                                    way);
            assertThat(result.exitCode()).as(result.output()).isEqualTo(EXIT);
            long millis = numbers(result, ExitMain.ENDS)[0];
            assertThat(System.currentTimeMillis() - millis).isLessThan(10_000);
            byte[] left = Files.readAllBytes(path);
            for (int i = 0; i < left.length; i++) {
                // A block that was in flight is there or is not.
                if (left[i] != Load.CONTENT[i] && left[i] != 0) {
                    throw new AssertionError("byte of nobody at " + i);
                }
            }
            checkRecords(Files.readAllBytes(records), numbers(result, ExitMain.WROTE));
        } finally {
            Files.delete(path);
            Files.delete(records);
        }
    }

    private static long[] numbers(ChildJvm.Result result, String word) {
        return result.output()
                .lines()
                .filter(line -> line.startsWith(word))
                .mapToLong(line -> Long.parseLong(line.substring(word.length())))
                .toArray();
    }

    /** Each write that had completed is there. */
    private static void checkRecords(byte[] file, long[] completed) {
        assertThat(completed).isNotEmpty();
        for (long each : completed) {
            byte[] content = ExitMain.content((int) each);
            int at = (int) each * ExitMain.PLACE;
            assertThat(file.length).isGreaterThanOrEqualTo(at + content.length);
            assertThat(Arrays.equals(file, at, at + content.length, content, 0, content.length))
                    .as("record " + each)
                    .isTrue();
        }
    }
}
