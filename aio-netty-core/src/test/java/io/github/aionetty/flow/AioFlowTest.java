// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFlow;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.HeldFile;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a subscriber to a file gets, beyond the rules that the TCK looks at. */
@Timeout(60)
class AioFlowTest {
    private static final int CHUNK = 8192;
    private static final int CHUNKS = 40;
    private static final byte[] CONTENT = Pattern.bytes(0, CHUNKS * CHUNK);
    private static final int ALL = Integer.MAX_VALUE;

    private final FlowFiles files = new FlowFiles();

    @BeforeAll
    static void requireDirect() throws IOException {
        FileSystemsUnderTest.requireDirect(FileSystemsUnderTest.anyDirectory());
    }

    @AfterEach
    void close() throws IOException {
        files.close();
    }

    private static Taker subscribe(AioFile file, long offset, long length, Taker taker) {
        AioFlow.publisher(file, offset, length, CHUNK, 4).subscribe(taker);
        return taker;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyLengthAndPlaceGivesItsBytesWhateverIsAskedForAtATime(boolean direct)
            throws Exception {
        AioFile file = files.open(CONTENT, direct);
        int[] lengths = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 5 * CHUNK + 17};
        for (int offset : new int[] {0, 1, 511, 4096, CHUNK - 1, 7 * CHUNK}) {
            for (int length : lengths) {
                byte[] expected = Arrays.copyOfRange(CONTENT, offset, offset + length);
                for (Taker taker :
                        new Taker[] {
                            new Taker(1, 1), new Taker(3, 1), new Taker(Long.MAX_VALUE, 0)
                        }) {
                    assertThat(subscribe(file, offset, length, taker).end())
                            .as("offset=%s length=%s", offset, length)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void positionsBeyondFourGiBAreNoOthers(boolean direct) throws Exception {
        long far = (5L << 30) + 777;
        Path path = files.newPath();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(CONTENT), far);
        }
        AioFile file = files.open(files.loops.next(), path, direct);
        byte[] read = subscribe(file, far - 100, CONTENT.length + 100, new Taker(ALL, 0)).end();
        assertThat(Arrays.copyOf(read, 100)).containsOnly(0);
        assertThat(Arrays.copyOfRange(read, 100, read.length)).isEqualTo(CONTENT);
    }

    @Test
    void signalsComeOnTheFilesLoopAndEachSubscriberGetsAll() throws Exception {
        AioFile file = files.open(CONTENT, true);
        Flow.Publisher<ByteBuf> publisher = AioFlow.publisher(file, 0, CONTENT.length);
        Taker one = new Taker(1, 1);
        Taker other = new Taker(ALL, 0);
        publisher.subscribe(one);
        publisher.subscribe(other);
        assertThat(one.end()).isEqualTo(CONTENT);
        assertThat(other.end()).isEqualTo(CONTENT);
        assertThat(file.isOpen()).isTrue();
        assertThat(file.context().eventLoop().inEventLoop(one.signals)).isTrue();
    }

    /** With several chunks that are there already when it begins to ask for one after the other. */
    @Test
    void whoAsksForMoreInsideOfASignalIsNotCalledInsideOfIt() throws Exception {
        AtomicInteger depth = new AtomicInteger();
        AtomicInteger deepest = new AtomicInteger();
        int first = 6;
        Taker taker =
                new Taker(first, 0) {
                    @Override
                    public void onNext(ByteBuf chunk) {
                        deepest.accumulateAndGet(depth.incrementAndGet(), Math::max);
                        super.onNext(chunk);
                        if (count.get() > first) {
                            subscription.request(1);
                        }
                        depth.decrementAndGet();
                    }
                };
        try (HeldFile held = new HeldFile()) {
            AioFlow.publisher(held.file, 0, HeldFile.CONTENT.length, 4096, 4).subscribe(taker);
            while (taker.count.get() < first) {
                held.answerOnce();
                TestLoops.run(held.context.eventLoop(), () -> {});
            }
            held.answer();
            held.awaitInFlight(0);
            taker.subscription.request(1);
            assertThat(taker.end()).isEqualTo(HeldFile.CONTENT);
        }
        assertThat(deepest).hasValue(1);
    }
}
