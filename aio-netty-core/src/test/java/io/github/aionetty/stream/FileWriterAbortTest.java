// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioBuffers;
import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams into files that are aborted, or whose loop ends. */
@Timeout(60)
class FileWriterAbortTest extends FileWriterFixture {
    @Test
    void abortedWheneverNothingIsLeft() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            AioFileWriter writer = AioFileWriter.replacing(loop, target).build();
            write(writer, new byte[random.nextInt(1 + i * 20_000)], 50_000, random);
            if (i % 3 == 0) {
                TestLoops.run(loop, () -> {});
            }
            get(i % 2 == 0 ? writer.abort() : writer.abort(new IOException("no more")));
            assertThat(failure(writer.future()))
                    .isInstanceOf(i % 2 == 0 ? AioClosedException.class : IOException.class);
            checkOld();
            get(writer.abort());
            ByteBuf late = Unpooled.buffer().writeByte(1);
            assertThatThrownBy(() -> writer.write(late)).isInstanceOf(IllegalStateException.class);
            assertThat(late.refCnt()).isZero();
        }
    }

    @Test
    void abortedAfterItsEndItIsThereOrNot() throws Exception {
        byte[] content = Pattern.bytes(0, 300_000);
        for (int i = 0; i < 20; i++) {
            Files.write(target, OLD);
            AioFileWriter writer = AioFileWriter.replacing(loop, target).build();
            writer.write(Unpooled.wrappedBuffer(content));
            Future<Long> finished = writer.finish();
            get(writer.abort());
            if (finished.isSuccess()) {
                assertThat(target).hasBinaryContent(content);
            } else {
                assertThat(target).hasBinaryContent(OLD);
            }
            assertThat(finished.isDone()).isTrue();
            checkAlone(target);
        }
    }

    @Test
    void anAbortWaitsForWhatIsInFlight() throws Exception {
        AioFile real = get(AioContext.of(loop).open(target, StandardOpenOption.WRITE));
        HeldWrites held = new HeldWrites(real);
        AioFileWriter writer = AioFileWriter.into(held.file, 0).build();
        TestLoops.run(loop, () -> writer.write(Unpooled.wrappedBuffer(new byte[1_000_000])));
        Future<Void> gone = writer.abort();
        TestLoops.run(loop, () -> assertThat(held.count()).isEqualTo(4));
        assertThat(gone.isDone()).isFalse();
        assertThat(writer.future().isDone()).isFalse();
        TestLoops.run(loop, held::release);
        get(gone);
        assertThat(failure(writer.future())).isInstanceOf(AioClosedException.class);
        get(real.close());
    }

    @Test
    void aLoopThatEndsInTheMiddleLeavesNothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            long used = AioBuffers.usedSlabMemory();
            AioFileWriter writer;
            CountDownLatch done = new CountDownLatch(1);
            try (TestLoops others = TestLoops.epoll(1)) {
                EventLoop other = others.next();
                writer = AioFileWriter.replacing(other, target).build();
                writer.write(Unpooled.wrappedBuffer(new byte[i * 500_000]));
                if (i % 2 == 0) {
                    TestLoops.run(other, () -> {});
                }
                other.terminationFuture().addListener(ended -> done.countDown());
                other.shutdownGracefully(0, 10, TimeUnit.SECONDS);
                writer.abort();
            }
            done.await();
            org.awaitility.Awaitility.await().until(() -> writer.future().isDone());
            checkOld();
            org.awaitility.Awaitility.await().until(() -> AioBuffers.usedSlabMemory() <= used);
        }
    }
}
