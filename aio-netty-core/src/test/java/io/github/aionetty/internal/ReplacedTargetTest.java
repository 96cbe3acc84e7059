// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.FailNth;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a stream's file gets its name, over system calls that fail. */
@Timeout(60)
class ReplacedTargetTest {
    private static final byte[] CONTENT = Pattern.bytes(0, 100_000);

    private final FailNth faults = new FailNth();
    private final TestLoops loops = TestLoops.epoll(1);
    private final EventLoop loop = loops.next();
    private Path directory;
    private Path target;

    @BeforeEach
    void create() throws IOException {
        directory = Files.createTempDirectory(FileSystemsUnderTest.anyDirectory(), "replaced");
        target = directory.resolve("target");
    }

    @AfterEach
    void delete() throws IOException {
        loops.close();
        for (String name : names()) {
            Files.delete(directory.resolve(name));
        }
        Files.delete(directory);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    /** A file that must be new, written over the given calls. */
    private Future<Long> writeNew(Syscalls sys) {
        ((DefaultBuilder) AioContext.builder(loop)).syscalls(sys).engine(AioEngine.KERNEL).build();
        AioFileWriter writer = AioFileWriter.replacing(loop, target).replace(false).build();
        writer.write(Unpooled.wrappedBuffer(CONTENT));
        return writer.finish();
    }

    @Test
    void whatMustBeNewIsSyncedAndThenRenamedInOneStep() throws IOException {
        List<String> steps = new CopyOnWriteArrayList<>();
        Syscalls seen =
                Intercepted.kernel(
                        (call, arguments) -> {
                            if (call.equals("renameNew")) {
                                steps.add(call);
                            } else if (call.equals("ioSubmit")
                                    && Intercepted.transfers(arguments).stream()
                                            .anyMatch(t -> t.opcode() == Iocb.FSYNC)) {
                                steps.add("fsync");
                            }
                            return null;
                        });
        get(writeNew(seen));
        assertThat(steps).containsExactly("fsync", "renameNew");
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(names()).containsExactly("target");
    }

    /** Has four helpers wait, and so much behind them that the lane takes nothing more. */
    private static void fill(CountDownLatch until) throws InterruptedException {
        // What another test has left there goes first.
        CountDownLatch empty = new CountDownLatch(1);
        HelperLane.METADATA.execute(HelperLane.CHORES, empty::countDown);
        assertThat(empty.await(30, TimeUnit.SECONDS)).isTrue();
        Runnable waiting = () -> Intercepted.hang(until);
        try {
            while (true) {
                HelperLane.METADATA.execute(HelperLane.CHORES, waiting);
            }
        } catch (RejectedExecutionException full) {
            assertThat(full).hasMessageContaining("queued=");
        }
    }

    private AioFileWriter begun() throws IOException {
        AioFileWriter writer = AioFileWriter.replacing(loop, target).durable(true).build();
        writer.write(Unpooled.wrappedBuffer(CONTENT));
        Awaitility.await().until(() -> names().size() == 2);
        // The writer's own open came before it.
        get(get(AioContext.of(loop).open(target, StandardOpenOption.READ)).close());
        return writer;
    }

    @Test
    void aFullHelperQueueDelaysTheEndAndDoesNotFailIt() throws Exception {
        Files.writeString(target, "old");
        AioFileWriter writer = begun();
        CountDownLatch until = new CountDownLatch(1);
        Future<Long> finished;
        try {
            fill(until);
            finished = writer.finish();
            assertThat(finished.await(300)).as("waits: %s", finished.cause()).isFalse();
            assertThat(target).hasContent("old");
        } finally {
            until.countDown();
        }
        assertThat(get(finished)).isEqualTo(CONTENT.length);
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(names()).containsExactly("target");
    }

    @Test
    void aLoopThatEndsMeanwhileLeavesNothing() throws Exception {
        Files.writeString(target, "old");
        AioFileWriter writer = begun();
        CountDownLatch until = new CountDownLatch(1);
        Future<Long> finished;
        try {
            fill(until);
            finished = writer.finish();
            assertThat(finished.await(100)).isFalse();
            loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            Thread.sleep(200);
        } finally {
            until.countDown();
        }
        assertThat(finished.await(20_000)).isTrue();
        assertThat(finished.isSuccess()).isFalse();
        Awaitility.await().until(() -> names().size() == 1);
        assertThat(target).hasContent("old");
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EINVAL, Errno.ENOSYS})
    void whereThereIsNoSuchRenameItIsLinked(int errno) throws IOException {
        faults.fail("renameNew", 1, errno);
        get(writeNew(faults.syscalls()));
        assertThat(faults.calls("renameNew")).isEqualTo(1);
        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(names()).containsExactly("target");
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EPERM, Errno.EIO})
    void aRenameThatFailsIsToldAndNothingIsLeft(int errno) throws IOException {
        faults.fail("renameNew", 1, errno);
        assertThat(failure(writeNew(faults.syscalls())))
                .isInstanceOf(AioException.class)
                .hasMessageContaining(Errno.name(errno))
                .hasMessageContaining(target.toString());
        assertThat(names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Errno.EINVAL})
    void whatAppearsAtTheLastMomentIsNotReplaced(int errno) throws IOException {
        Syscalls late =
                Intercepted.kernel(
                        (call, arguments) -> {
                            if (!call.equals("renameNew")) {
                                return null;
                            }
                            try {
                                Files.writeString(target, "somebody else's");
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                            return errno == 0 ? null : (Object) (-errno);
                        });
        assertThat(failure(writeNew(late)))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(target.toString());
        assertThat(target).hasContent("somebody else's");
        assertThat(names()).containsExactly("target");
    }
}
