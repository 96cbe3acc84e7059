// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a read has to do once more, while it was under way and the file has changed. */
@Timeout(60)
class ReadAgainTest {
    private static final int DATA = 1_000;
    private static final int ALL = 900_000;
    private static final byte[] CONTENT = Pattern.bytes(0, ALL);

    private final TestLoops loops = TestLoops.nio(1);
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger failing = new AtomicInteger();
    private volatile boolean holding;

    /** Counts reads, of which every other one fails; {@code null} if none does. */
    private volatile AtomicInteger everyOther;

    private AioContext context;
    private Path path;

    @BeforeEach
    void make() throws IOException {
        path = Files.createTempFile(FileSystemsUnderTest.directory("xfs"), "again", "");
        context =
                ((DefaultBuilder) AioContext.builder(loops.next()))
                        .syscalls(Intercepted.kernel(this::before))
                        .engine(AioEngine.THREAD_POOL)
                        .build();
    }

    private Object before(String call, Object[] arguments) {
        if (!call.equals("pread")) {
            return null;
        }
        if (holding) {
            holding = false;
            held.countDown();
            return Intercepted.hang(released);
        }
        AtomicInteger counted = everyOther;
        if (counted != null && counted.getAndIncrement() % 2 == 0) {
            return (long) -Errno.EIO;
        }
        return failing.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? (long) -Errno.EIO : null;
    }

    @AfterEach
    void close() throws IOException {
        released.countDown();
        loops.close();
        Files.delete(path);
    }

    /** It was cut to the data's end, in a buffer of that size; then there is more data. */
    @Test
    void whatIsLongerNowGetsALargerBuffer() throws Exception {
        AioFile ahead = get(context.open(path, READ, WRITE, AioOpenOption.ALLOCATE_AHEAD));
        AioFile plain = get(context.open(path, READ, WRITE));
        get(ahead.write(Unpooled.copiedBuffer(CONTENT, 0, DATA), 0));
        assertThat(get(ahead.size())).isEqualTo(DATA);
        holding = true;
        Future<ByteBuf> read = plain.read(0, ALL);
        Intercepted.hang(held);
        get(ahead.close());
        get(plain.write(Unpooled.copiedBuffer(CONTENT, DATA, ALL - DATA), DATA));
        released.countDown();
        ByteBuf bytes = get(read);
        Pattern.check(bytes, CONTENT, 0, ALL);
        bytes.release();
        get(plain.close());
    }

    /**
     * XFS may say so where a buffered append meets it; a disk that has failed goes on saying so.
     */
    @Test
    void aDirectReadThatFailsWithEioIsMadeAgain() throws Exception {
        Files.write(path, CONTENT);
        AioFile file = get(context.open(path, READ, AioOpenOption.DIRECT));
        failing.set(1);
        ByteBuf bytes = get(file.read(0, 8192));
        Pattern.check(bytes, CONTENT, 0, 8192);
        bytes.release();
        failing.set(Integer.MAX_VALUE);
        Future<ByteBuf> failed = file.read(0, 8192);
        assertThat(failed.await().cause()).hasMessageContaining("read failed: EIO");
        get(file.close());
    }

    /** A long read is made of many transfers, each of which may meet a writer. */
    @Test
    void collisionsAreCountedForEachTransfer() throws Exception {
        Files.write(path, CONTENT);
        AioFile file = get(context.open(path, READ, AioOpenOption.DIRECT));
        ByteBuf target = Unpooled.buffer(ALL);
        AtomicInteger reads = new AtomicInteger();
        everyOther = reads;
        assertThat(get(file.read(target, 0))).isEqualTo(ALL);
        assertThat(reads.get()).isGreaterThan(3);
        Pattern.check(target, CONTENT, 0, ALL);
        target.release();
        get(file.close());
    }
}
