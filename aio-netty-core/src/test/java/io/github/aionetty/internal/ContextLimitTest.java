// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.support.FailNth;
import io.github.aionetty.support.FakeKernel;
import io.github.aionetty.support.Logs;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contexts that cannot be had as asked for, and contexts that are full. */
@Timeout(60)
class ContextLimitTest {
    private final TestLoops loops = TestLoops.epoll(1);
    private final EventLoop loop = loops.next();
    private final FailNth faults = new FailNth();

    @AfterEach
    void close() {
        loops.close();
    }

    private DefaultBuilder builder() {
        return ((DefaultBuilder) AioContext.builder(loop)).syscalls(faults.syscalls());
    }

    private static long sysctl(String name) throws IOException {
        return Long.parseLong(Files.readAllLines(Path.of("/proc/sys/fs", name)).get(0));
    }

    @Test
    void anExplicitCapacityOverTheSystemsLimitNamesTheLimitToRaiseTo() throws IOException {
        try (TestLoops others = TestLoops.epoll(1)) {
            AioContext.of(others.next());
            faults.fail("ioSetup", 1, Errno.EAGAIN);
            long least = sysctl("aio-nr");
            Throwable failure = null;
            try {
                builder().capacity(500).build();
            } catch (UncheckedIOException e) {
                failure = e.getCause();
            }
            assertThat(failure)
                    .isInstanceOf(AioException.class)
                    .hasMessageContaining("io_setup failed: EAGAIN")
                    .hasMessageContaining("length=500");
            Matcher remedy =
                    Pattern.compile("raise fs.aio-max-nr to at least (\\d+)")
                            .matcher(failure.getMessage());
            assertThat(remedy.find()).as(failure.getMessage()).isTrue();
            // Other processes may have taken or given back some meanwhile.
            assertThat(Long.parseLong(remedy.group(1)))
                    .isBetween(least / 2 + 500, least + 500 + sysctl("aio-max-nr"));
        }
        assertThat(builder().capacity(500).build().metrics().capacity()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"0, 256", "1, 128", "2, 64", "3, 32"})
    void theDefaultCapacityIsHalvedWithAWarning(int refusals, int capacity) {
        faults.fail("ioSetup", 1, refusals, Errno.EAGAIN);
        try (Logs logs = Logs.ofInternal("KernelContext")) {
            AioContext context = builder().build();
            assertThat(context.engine()).isEqualTo(AioEngine.KERNEL);
            assertThat(context.metrics().capacity()).isEqualTo(capacity);
            if (refusals == 0) {
                assertThat(logs.messages()).isEmpty();
            } else {
                assertThat(logs.messages())
                        .singleElement()
                        .asString()
                        .contains(
                                "capacity=" + capacity + " instead of 256", "raise fs.aio-max-nr");
            }
        }
    }

    @Test
    void withNoRoomAtAllAutoUsesThreadsAndKernelThrows() {
        faults.fail("ioSetup", 1, 8, Errno.EAGAIN);
        assertThatThrownBy(() -> builder().engine(AioEngine.KERNEL).build())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("raise fs.aio-max-nr");
        try (Logs logs = Logs.of(ContextRegistry.class)) {
            assertThat(builder().build().engine()).isEqualTo(AioEngine.THREAD_POOL);
            assertThat(logs.messages()).hasSizeLessThan(2);
        }
    }

    /** Takes what the system has left, for a moment. */
    @Test
    void theRealLimitIsReportedAndRecoversWhenOthersGiveBack() throws IOException {
        List<Long> taken = new ArrayList<>();
        try {
            for (int size = 32_768; size >= 512 && taken.size() < 500; ) {
                long context = LibAio.instance().ioSetup(size);
                if (context > 0) {
                    taken.add(context);
                } else {
                    size /= 2;
                }
            }
            assertThatThrownBy(() -> builder().capacity(32_768).build())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("EAGAIN")
                    .hasMessageContaining("raise fs.aio-max-nr to at least");
        } finally {
            taken.forEach(LibAio.instance()::ioDestroy);
        }
        assertThat(builder().capacity(100).build().engine()).isEqualTo(AioEngine.KERNEL);
    }

    @Test
    void kernelOnALoopThatIsNotEpollSaysWhatToDo() {
        try (TestLoops nio = TestLoops.nio(1)) {
            EventLoop other = nio.next();
            assertThatThrownBy(() -> AioContext.builder(other).engine(AioEngine.KERNEL).build())
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("not an epoll event loop")
                    .hasMessageContaining("use AUTO or THREAD_POOL");
            AioContext context = AioContext.builder(other).engine(AioEngine.THREAD_POOL).build();
            assertThat(context.engine()).isEqualTo(AioEngine.THREAD_POOL);
            assertThat(AioContext.of(other)).isSameAs(context);
        }
    }

    @Test
    void aBuilderComesBeforeTheFirstUse() {
        AioContext first = AioContext.of(loop);
        assertThatThrownBy(() -> AioContext.builder(loop).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has a context already");
        assertThat(AioContext.of(loop)).isSameAs(first);
    }

    @Test
    void settingsOutOfBoundsThrow() {
        for (int capacity : new int[] {0, -1, 65_537, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> builder().capacity(capacity))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("capacity=" + capacity)
                    .hasMessageContaining("1 to 65536");
        }
        assertThatThrownBy(() -> builder().maxPending(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxPending=-1");
        assertThatThrownBy(() -> builder().engine(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> AioContext.of(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> AioContext.builder(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void aLoopThatHasEndedGetsNoContext() {
        EventLoop ended;
        try (TestLoops others = TestLoops.epoll(1)) {
            ended = others.next();
        }
        assertThatThrownBy(() -> AioContext.of(ended))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shutting down");
    }

    @Test
    void aFullQueueRejectsAndGoesOnWhenThereIsRoom(@TempDir Path directory) throws IOException {
        FakeKernel kernel = new FakeKernel();
        AioContext context =
                builder().syscalls(kernel.syscalls()).capacity(1).maxPending(2).build();
        Path path = Files.write(directory.resolve("file"), new byte[100]);
        AioFile file = get(context.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        kernel.hold();
        List<Future<ByteBuf>> accepted = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            accepted.add(file.read(i, 10));
        }
        ByteBuf src = Unpooled.directBuffer().writeLong(1);
        ByteBuf dst = Unpooled.directBuffer(10);
        for (Future<?> rejected :
                List.of(file.read(0, 10), file.write(src, 0), file.read(dst, 0), file.fsync())) {
            assertThat(failure(rejected))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessageContaining("pending=2")
                    .hasMessageContaining("capacity=1");
        }
        assertThat(src.refCnt()).isZero();
        assertThat(dst.release()).isTrue();
        kernel.release(false);
        for (Future<ByteBuf> each : accepted) {
            get(each).release();
        }
        get(file.read(0, 10)).release();
        get(file.close());
    }
}
