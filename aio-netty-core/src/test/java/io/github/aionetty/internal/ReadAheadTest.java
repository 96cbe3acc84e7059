// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFileAttributes.Kind;
import io.github.aionetty.nativeaio.Errno;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Promise;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of a file whose reads complete, and whose time passes, when the test says so. */
class ReadAheadTest {
    private static final int CHUNK = 4096;
    private static final long LENGTH = 100L * CHUNK;
    private static final AioFileAttributes BEFORE = attributes(LENGTH, 1);

    /** A read that has been begun. */
    private record Read(long position, int length, Promise<ByteBuf> promise) {
        ByteBuf complete() {
            return complete(length);
        }

        ByteBuf complete(int bytes) {
            ByteBuf buffer = Unpooled.buffer(Math.max(1, bytes)).writeZero(bytes);
            if (!promise.trySuccess(buffer)) {
                buffer.release();
            }
            return buffer;
        }
    }

    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final Deque<Read> reads = new ArrayDeque<>();
    private final List<Promise<AioFileAttributes>> looks = new ArrayList<>();
    private int ready;
    private ReadAhead stream = stream(0, LENGTH, 4, null);

    private static AioFileAttributes attributes(long size, long millis) {
        return new AioFileAttributes(size, FileTime.fromMillis(millis), 0, 0, Kind.REGULAR_FILE);
    }

    @SuppressWarnings("unchecked")
    private ReadAhead stream(long offset, long length, int readAhead, AioFileAttributes expected) {
        AioFile file =
                (AioFile)
                        Proxy.newProxyInstance(
                                AioFile.class.getClassLoader(),
                                new Class<?>[] {AioFile.class},
                                (proxy, method, args) -> {
                                    switch (method.getName()) {
                                        case "read":
                                            Promise<ByteBuf> promise = (Promise<ByteBuf>) args[2];
                                            assertThat(promise.setUncancellable()).isTrue();
                                            reads.add(
                                                    new Read(
                                                            (long) args[0],
                                                            (int) args[1],
                                                            promise));
                                            return promise;
                                        case "attributes":
                                            looks.add((Promise<AioFileAttributes>) args[0]);
                                            return args[0];
                                        case "isDirect":
                                            return true;
                                        default:
                                            return Path.of("file");
                                    }
                                });
        StreamRange range = new StreamRange(offset, length, CHUNK, readAhead);
        return new ReadAhead(file, clock.eventLoop(), range, expected, () -> ready++);
    }

    @AfterEach
    void releaseAll() {
        stream.close();
        reads.forEach(read -> assertThat(read.complete().refCnt()).isZero());
        clock.finishAndReleaseAll();
    }

    /** The length of the next chunk, released; -1 where there is none. */
    private int take() throws Exception {
        ByteBuf chunk = stream.poll();
        if (chunk == null) {
            return -1;
        }
        int length = chunk.readableBytes();
        chunk.release();
        return length;
    }

    private void pass(long millis) {
        clock.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        clock.runScheduledPendingTasks();
    }

    /** For long enough, whenever it was looked at last. */
    private void nobodyComes() {
        pass(ReadAhead.PATIENCE_MILLIS);
        pass(ReadAhead.PATIENCE_MILLIS);
    }

    @Test
    void nothingIsReadBeforeItIsAskedForAndTheAskerIsCalled() throws Exception {
        assertThat(reads).isEmpty();
        assertThat(take()).isEqualTo(-1);
        assertThat(reads).hasSize(1);
        assertThat(ready).isZero();
        reads.remove().complete();
        assertThat(ready).isEqualTo(1);
        assertThat(take()).isEqualTo(CHUNK);
    }

    @Test
    void whoWaitsForTheDiskHasMoreReadAheadUpToTheDepth() throws Exception {
        take();
        int most = 0;
        for (int i = 0; i < 20; i++) {
            reads.remove().complete();
            assertThat(take()).isEqualTo(CHUNK);
            assertThat(take()).isEqualTo(-1);
            most = Math.max(most, reads.size());
        }
        assertThat(most).isEqualTo(4);
    }

    @Test
    void chunksComeInOrderWhicheverIsReadFirst() throws Exception {
        take();
        for (int i = 0; i < 6; i++) {
            reads.remove().complete();
            assertThat(take()).isEqualTo(CHUNK);
            assertThat(take()).isEqualTo(-1);
        }
        ready = 0;
        Read last = reads.removeLast();
        last.complete();
        assertThat(ready).as("not its turn").isZero();
        assertThat(take()).isEqualTo(-1);
        Read first = reads.remove();
        first.complete();
        assertThat(ready).isEqualTo(1);
        assertThat(stream.taken()).isEqualTo(first.position);
    }

    @Test
    void whatNobodyTakesIsGivenBackAndReadAgain() throws Exception {
        take();
        for (int i = 0; i < 10; i++) {
            reads.remove().complete();
            assertThat(take()).isEqualTo(CHUNK);
            assertThat(take()).isEqualTo(-1);
        }
        Read wanted = reads.remove();
        wanted.complete();
        List<ByteBuf> ahead = new ArrayList<>();
        while (reads.size() > 1) {
            ahead.add(reads.remove().complete());
        }
        assertThat(ahead).isNotEmpty();
        assertThat(take()).isEqualTo(CHUNK);
        reads.addFirst(reads.removeLast());
        nobodyComes();
        assertThat(ahead).allMatch(buffer -> buffer.refCnt() == 0);
        while (!reads.isEmpty()) {
            assertThat(reads.remove().complete().refCnt()).as("came too late").isZero();
        }
        long next = stream.taken();
        assertThat(take()).isEqualTo(-1);
        assertThat(reads).singleElement().extracting(Read::position).isEqualTo(next);
        reads.remove().complete();
        assertThat(take()).isEqualTo(CHUNK);
        assertThat(reads).as("no more than is asked for").isEmpty();
    }

    @Test
    void whatCameForWhoDidNotComeIsGivenBack() throws Exception {
        take();
        ByteBuf chunk = reads.remove().complete();
        assertThat(ready).isEqualTo(1);
        nobodyComes();
        assertThat(chunk.refCnt()).isZero();
        assertThat(take()).isEqualTo(-1);
        reads.remove().complete();
        assertThat(take()).isEqualTo(CHUNK);
    }

    @Test
    void whoAsksAgainAndAgainMakesNoMoreReads() throws Exception {
        take();
        reads.remove().complete();
        assertThat(take()).isEqualTo(CHUNK);
        assertThat(take()).isEqualTo(-1);
        reads.remove().promise.setFailure(new RejectedExecutionException("full"));
        reads.forEach(Read::complete);
        reads.clear();
        for (int i = 0; i < 10; i++) {
            assertThat(take()).isEqualTo(-1);
        }
        assertThat(reads).isEmpty();
        pass(100);
        assertThat(reads).hasSize(1);
    }

    @Test
    void whoWaitsIsNotGivenUp() throws Exception {
        take();
        pass(10 * ReadAhead.PATIENCE_MILLIS);
        reads.remove().complete();
        assertThat(ready).isEqualTo(1);
        assertThat(take()).isEqualTo(CHUNK);
    }

    @Test
    void withoutMemoryTheFirstReadFailsAndTheOthersWait() throws Exception {
        take();
        reads.remove().promise.setFailure(new RejectedExecutionException("full"));
        assertThatThrownBy(this::take).isInstanceOf(RejectedExecutionException.class);
        stream = stream(0, LENGTH, 4, null);
        take();
        reads.remove().complete();
        assertThat(take()).isEqualTo(CHUNK);
        assertThat(take()).isEqualTo(-1);
        AioException noMemory = new AioException(Errno.ENOMEM, "read", "file", 0, 0, null);
        for (int i = 0; i < 3; i++) {
            reads.remove().promise.setFailure(noMemory);
            assertThat(take()).isEqualTo(-1);
            reads.forEach(Read::complete);
            reads.clear();
            pass(100);
            assertThat(reads).singleElement().extracting(Read::position).isEqualTo((long) CHUNK);
        }
        reads.remove().complete();
        assertThat(take()).isEqualTo(CHUNK);
    }

    @Test
    void aFailureIsToldInItsTurnAndFromThenOn() throws Exception {
        take();
        reads.remove().complete();
        assertThat(take()).isEqualTo(CHUNK);
        reads.remove().promise.setFailure(new IOException("bad sector"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(this::take).isInstanceOf(IOException.class).hasMessage("bad sector");
        }
    }

    @Test
    void aShortReadIsAFailure() throws Exception {
        take();
        reads.remove().complete(100);
        assertThatThrownBy(this::take)
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("size=100")
                .hasMessageContaining("at least " + LENGTH);
    }

    @Test
    void closedInTheMiddleItReleasesWhatComes() throws Exception {
        take();
        stream.close();
        assertThat(ready).as("who waits learns of it").isEqualTo(1);
        assertThat(reads.remove().complete().refCnt()).isZero();
        assertThatThrownBy(this::take).isInstanceOf(ClosedChannelException.class);
    }

    /** Goes to the last chunk, for which the file is looked at. */
    private void last(AioFileAttributes expected) throws Exception {
        stream = stream(0, CHUNK + 1, 4, expected);
        take();
        reads.remove().complete();
        assertThat(take()).isEqualTo(CHUNK);
        reads.remove().complete();
        assertThat(take()).isEqualTo(-1);
        assertThat(looks).hasSize(1);
        assertThat(take()).as("asked again").isEqualTo(-1);
        assertThat(looks).hasSize(1);
    }

    @Test
    void theLastChunkWaitsForALookAtTheFile() throws Exception {
        last(BEFORE);
        looks.get(0).setSuccess(BEFORE);
        assertThat(ready).isEqualTo(2);
        assertThat(take()).isEqualTo(1);
        assertThat(stream.isAtEnd()).isTrue();
    }

    @Test
    void aFileThatHasGrownWillDo() throws Exception {
        last(BEFORE);
        looks.get(0).setSuccess(attributes(LENGTH + 1, 2));
        assertThat(take()).as("its first chunk may have changed").isEqualTo(-1);
        Read again = reads.remove();
        assertThat(again.position).isZero();
        again.complete();
        assertThat(take()).isEqualTo(1);
    }

    @Test
    void oneThatWasWrittenAnewAndLongerDoesNot() throws Exception {
        last(BEFORE);
        looks.get(0).setSuccess(attributes(LENGTH + 1, 2));
        assertThat(take()).isEqualTo(-1);
        reads.remove()
                .promise
                .setSuccess(Unpooled.wrappedBuffer(new byte[CHUNK - 1], new byte[] {1}));
        assertThatThrownBy(this::take).isInstanceOf(FileSystemException.class);
    }

    @Test
    void oneThatWasOverwrittenDoesNot() throws Exception {
        last(BEFORE);
        looks.get(0).setSuccess(attributes(LENGTH, 2));
        assertThatThrownBy(this::take).isInstanceOf(FileSystemException.class);
    }

    @Test
    void oneThatCannotBeLookedAtDoesNot() throws Exception {
        last(BEFORE);
        looks.get(0).setFailure(new IOException("gone"));
        assertThatThrownBy(this::take).isInstanceOf(IOException.class).hasMessage("gone");
    }

    @Test
    void whatIsReadAgainIsLookedAtAgain() throws Exception {
        stream = stream(0, CHUNK + 1, 4, BEFORE);
        take();
        reads.remove().complete();
        assertThat(take()).isEqualTo(CHUNK);
        reads.remove().complete();
        assertThat(take()).isEqualTo(-1);
        looks.remove(0).setSuccess(BEFORE);
        nobodyComes();
        assertThat(take()).isEqualTo(-1);
        reads.remove().complete();
        assertThat(take()).isEqualTo(-1);
        looks.remove(0).setSuccess(attributes(LENGTH, 2));
        assertThatThrownBy(this::take).isInstanceOf(FileSystemException.class);
    }
}
