// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams into files that are faster than the disk. */
@Timeout(60)
class FileWriterPaceTest extends FileWriterFixture {
    /** The source goes on however slow the disk is, and is told. */
    @Test
    void aDiskThatIsBehindIsWaitedFor() throws Exception {
        AioFile real = get(AioContext.of(loop).open(target, StandardOpenOption.WRITE));
        HeldWrites held = new HeldWrites(real);
        AioFileWriter writer = AioFileWriter.into(held.file, 0).durable(false).build();
        AtomicInteger told = new AtomicInteger();
        writer.onWritable(told::incrementAndGet);
        byte[] piece = Pattern.bytes(0, 10_000);
        AtomicInteger accepted = new AtomicInteger();
        TestLoops.run(
                loop,
                () -> {
                    while (writer.write(Unpooled.wrappedBuffer(piece))) {
                        assertThat(accepted.incrementAndGet()).isLessThan(1000);
                    }
                    assertThat(held.count()).isEqualTo(4);
                    // What is in flight, and what may wait.
                    assertThat(held.bytes()).isLessThan(4 * 256 * 1024);
                    assertThat((accepted.get() + 1) * piece.length - held.bytes())
                            .isBetween(64 * 1024L, 64 * 1024L + piece.length);
                    assertThat(told.get()).isZero();
                    assertThat(writer.isWritable()).isFalse();
                });
        while (told.get() == 0) {
            TestLoops.run(loop, held::release);
        }
        assertThat(writer.isWritable()).isTrue();
        Future<Long> finished = writer.finish();
        while (!finished.isDone()) {
            TestLoops.run(loop, held::release);
        }
        assertThat(told.get()).isEqualTo(1);
        long length = (accepted.get() + 1L) * piece.length;
        assertThat(get(finished)).isEqualTo(length);
        assertThat(target).hasSize(length);
        get(real.close());
    }

    /** So is another thread, which sees only what the loop has done so far. */
    @Test
    void anotherThreadIsToldToo() throws Exception {
        AioFileWriter writer = AioFileWriter.replacing(loop, target).durable(false).build();
        int pieces = 2000;
        byte[] piece = Pattern.bytes(0, 30_000);
        java.util.concurrent.Semaphore room = new java.util.concurrent.Semaphore(0);
        writer.onWritable(room::release);
        int waits = 0;
        for (int i = 0; i < pieces; i++) {
            if (!writer.write(Unpooled.wrappedBuffer(piece))) {
                waits++;
                while (!writer.isWritable()) {
                    assertThat(room.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                }
            }
        }
        assertThat(get(writer.finish())).isEqualTo((long) pieces * piece.length);
        assertThat(waits).isPositive();
        assertThat(target).hasSize((long) pieces * piece.length);
    }

    /** Parts of large buffers do not keep these. */
    @Test
    void smallPiecesThatWaitAreCopied() throws Exception {
        AioFile real = get(AioContext.of(loop).open(target, StandardOpenOption.WRITE));
        HeldWrites held = new HeldWrites(real);
        AioFileWriter writer = AioFileWriter.into(held.file, 0).durable(false).build();
        int pieces = 20_000;
        TestLoops.run(
                loop,
                () -> {
                    writer.write(Unpooled.wrappedBuffer(Pattern.bytes(0, 500_000)));
                    for (int i = 0; i < pieces; i++) {
                        ByteBuf large = Unpooled.buffer(64 * 1024);
                        large.writeBytes(Pattern.bytes(500_000 + i, 1));
                        writer.write(large);
                        assertThat(large.refCnt()).isZero();
                    }
                });
        Future<Long> finished = writer.finish();
        while (!finished.isDone()) {
            TestLoops.run(loop, held::release);
        }
        assertThat(get(finished)).isEqualTo(500_000 + pieces);
        get(real.close());
        assertThat(target).hasBinaryContent(Pattern.bytes(0, 500_000 + pieces));
    }

    @Test
    void aSourceThatNeverWaitsFails() throws Exception {
        for (boolean onLoop : new boolean[] {true, false}) {
            AioFile real = get(AioContext.of(loop).open(target, StandardOpenOption.WRITE));
            HeldWrites held = new HeldWrites(real);
            AioFileWriter writer = AioFileWriter.into(held.file, 0).maxWaiting(1_000_000).build();
            Runnable source =
                    () -> {
                        for (int i = 0; i < 30 && !writer.future().isDone(); i++) {
                            writer.write(Unpooled.wrappedBuffer(new byte[100_000]));
                        }
                    };
            if (onLoop) {
                TestLoops.run(loop, source);
            } else {
                TestLoops.run(
                        loop,
                        () -> {
                            Thread other = new Thread(quietly(source));
                            other.start();
                            try {
                                other.join();
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        });
            }
            while (!writer.future().isDone()) {
                TestLoops.run(loop, held::release);
            }
            assertThat(failure(writer.future()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("maxWaiting=1000000");
            get(real.close());
        }
    }

    /** Once it has failed nothing more is taken. */
    private static Runnable quietly(Runnable source) {
        return () -> {
            try {
                source.run();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("abort");
            }
        };
    }
}
