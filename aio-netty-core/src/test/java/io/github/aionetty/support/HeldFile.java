// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioBuffers;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.internal.DefaultBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;

/** A file on a disk that answers when the test says so. Closed without a buffer in use. */
public final class HeldFile implements AutoCloseable {
    public static final byte[] CONTENT = Pattern.bytes(0, 65_536);

    private final long used = AioBuffers.usedSlabMemory();
    private final FakeKernel kernel = new FakeKernel();
    private final List<Future<ByteBuf>> filling = new ArrayList<>();
    public final TestLoops loops = TestLoops.epoll(2);
    public final Path path;
    public final AioContext context;
    public final AioFile file;

    /** While it is there, opens wait for it. */
    public volatile CountDownLatch opens;

    public HeldFile() throws IOException {
        path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "held", "");
        Files.write(path, CONTENT);
        context =
                ((DefaultBuilder) AioContext.builder(loops.next()))
                        .syscalls(Intercepted.over(kernel.syscalls(), this::before))
                        .capacity(16)
                        .engine(AioEngine.KERNEL)
                        .build();
        file = get(context.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        kernel.hold();
    }

    private Object before(String call, Object[] arguments) {
        CountDownLatch until = opens;
        return until != null && call.equals("open") ? Intercepted.hang(until) : null;
    }

    /** The disk answers again. */
    public void answer() {
        kernel.release(false);
        filling.forEach(each -> get(each).release());
        filling.clear();
    }

    /** Answers what is in flight, and nothing that comes after it. */
    public void answerOnce() {
        kernel.release(false);
        kernel.hold();
    }

    /** Takes all places of the context, so that what comes next is queued. */
    public void fill() {
        while (context.metrics().pending() == 0) {
            filling.add(file.read(0, 100));
            TestLoops.run(context.eventLoop(), () -> {});
        }
    }

    public void awaitInFlight(int operations) {
        Awaitility.await().until(() -> context.metrics().inFlight() == operations);
    }

    /** Before the end: of what the loop itself has released. */
    public void checkNothingIsUsed() {
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(AioBuffers.usedSlabMemory()).isLessThanOrEqualTo(used));
    }

    @Override
    public void close() throws IOException {
        answer();
        loops.close();
        Files.delete(path);
        checkNothingIsUsed();
    }
}
