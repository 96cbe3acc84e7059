// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.flow;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFlow;
import io.github.aionetty.support.BoundedLoops;
import io.github.aionetty.support.Logs;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the way of a file to a subscriber ends, and that nothing stays behind then. */
@Timeout(60)
class FlowEndTest {
    private static final int CHUNK = 65_536;
    private static final int CHUNKS = 64;
    private static final byte[] CONTENT = Pattern.bytes(0, CHUNKS * CHUNK);
    private static final int ALL = Integer.MAX_VALUE;

    private final FlowFiles files = new FlowFiles();

    @AfterEach
    void close() throws IOException {
        files.close();
    }

    private static Taker subscribe(AioFile file, Taker taker) {
        AioFlow.publisher(file, 0, CONTENT.length).subscribe(taker);
        Awaitility.await().until(() -> taker.subscription != null || taker.hasEnded());
        return taker;
    }

    private static void await(Taker taker, int chunks) {
        Awaitility.await().until(() -> taker.count.get() == chunks);
    }

    private static void checkFails(ThrowingCallable end, Class<? extends Throwable> type) {
        assertThatThrownBy(end).hasCauseInstanceOf(type);
    }

    @Test
    void whoHasCancelledGetsNothingMoreAndNothingStaysOfWhatWasReadAhead() throws IOException {
        AioFile file = files.open(CONTENT, false);
        Taker taker = subscribe(file, new Taker(3, 0));
        await(taker, 3);
        taker.subscription.cancel();
        taker.subscription.request(ALL);
        files.checkNothingIsUsed();
        TestLoops.run(file.context().eventLoop(), () -> {});
        assertThat(taker.count).hasValue(3);
        assertThat(taker.hasEnded()).isFalse();
        get(file.close());
    }

    @Test
    void cancelInsideOfASignalIsTheLastOne() throws IOException {
        AioFile file = files.open(CONTENT, false);
        Taker taker =
                new Taker(ALL, 0) {
                    @Override
                    public void onNext(ByteBuf chunk) {
                        super.onNext(chunk);
                        subscription.cancel();
                    }
                };
        subscribe(file, taker);
        await(taker, 1);
        files.checkNothingIsUsed();
        assertThat(taker.count).hasValue(1);
    }

    @Test
    void aFileThatBecomesShorterInTheMiddleFailsTheRest() throws Exception {
        AioFile file = files.open(CONTENT, false);
        Taker taker = new Taker(2, 0);
        AioFlow.publisher(file, 0, CONTENT.length, CHUNK, 0).subscribe(taker);
        await(taker, 2);
        get(file.truncate(3 * CHUNK + 5));
        taker.subscription.request(ALL);
        checkFails(taker::end, EOFException.class);
        assertThat(taker.count).hasValue(3);
    }

    @Test
    void aFileThatIsClosedFailsTheRest() throws Exception {
        AioFile file = files.open(CONTENT, false);
        Taker taker = subscribe(file, new Taker(2, 0));
        await(taker, 2);
        get(file.close());
        taker.subscription.request(ALL);
        checkFails(taker::end, AioClosedException.class);
    }

    @Test
    void whoAsksForNothingHoldsLittleAndAfterAWhileNothing() throws Exception {
        AioFile file = files.open(CONTENT, false);
        Taker taker = subscribe(file, new Taker(0, 0));
        long most = 0;
        for (int i = 1; i <= CHUNKS; i++) {
            taker.subscription.request(1);
            await(taker, i);
            most = Math.max(most, files.used());
            if (i % 16 == 0) {
                files.checkNothingIsUsed();
            }
        }
        assertThat(taker.end()).isEqualTo(CONTENT);
        assertThat(most).isLessThanOrEqualTo(5 * CHUNK);
    }

    @Test
    void aSubscriberThatThrowsIsCancelledAndTheOthersGoOn() throws Exception {
        AioFile file = files.open(CONTENT, false);
        try (Logs logs = Logs.ofInternal("FileSubscription")) {
            Taker throwing =
                    subscribe(
                            file,
                            new Taker(ALL, 0) {
                                @Override
                                public void onNext(ByteBuf chunk) {
                                    super.onNext(chunk);
                                    throw new IllegalStateException("on purpose");
                                }
                            });
            subscribe(
                    file,
                    new Taker(0, 0) {
                        @Override
                        public void onSubscribe(Flow.Subscription offered) {
                            super.onSubscribe(offered);
                            offered.request(ALL);
                            throw new IllegalStateException("on purpose");
                        }
                    });
            assertThat(subscribe(file, new Taker(1, 1)).end()).isEqualTo(CONTENT);
            assertThat(throwing.count).hasValue(1);
            assertThat(logs.messages()).hasSize(2).allMatch(each -> each.contains("has thrown"));
        }
    }

    /** Also where it has asked for nothing, and where it has what the loop will never see taken. */
    @Test
    void theLoopsEndFailsWhoeverIsInTheMiddle() throws Exception {
        Path path = Files.write(files.newPath(), CONTENT);
        Taker silent;
        Taker waiting;
        AioFile file;
        try (TestLoops loops = TestLoops.epoll(1)) {
            file = files.open(loops.next(), path, false);
            silent = subscribe(file, new Taker(3, 0));
            waiting = subscribe(file, new Taker(0, 0));
            await(silent, 3);
            waiting.subscription.request(1);
            await(waiting, 1);
        }
        checkFails(silent::end, AioClosedException.class);
        checkFails(waiting::end, AioClosedException.class);
        silent.subscription.request(1);
        silent.subscription.cancel();
        files.checkNothingIsUsed();
        checkFails(subscribe(file, new Taker(1, 1))::end, AioClosedException.class);
    }

    @Test
    void aHandleOfALoopThatHasEndedFailsItsSubscriber() throws Exception {
        TestLoops ended = TestLoops.epoll(1);
        ended.close();
        AioFile file = files.open(CONTENT, false).on(ended.next());
        checkFails(subscribe(file, new Taker(1, 1))::end, IllegalStateException.class);
    }

    @Test
    void whatIsCalledWhileTheLoopsQueueIsFullIsDoneLater() throws Exception {
        Path path = Files.write(files.newPath(), CONTENT);
        try (BoundedLoops loops = new BoundedLoops()) {
            AioFile file = get(AioContext.of(loops.next()).open(path));
            CountDownLatch go = BoundedLoops.fillAndHold(file.context().eventLoop());
            Taker taker = new Taker(1, 0);
            AioFlow.publisher(file, 0, CONTENT.length).subscribe(taker);
            go.countDown();
            await(taker, 1);
            go = BoundedLoops.fillAndHold(file.context().eventLoop());
            taker.subscription.request(ALL);
            go.countDown();
            assertThat(taker.end()).isEqualTo(CONTENT);
            Taker cancelling = subscribe(file, new Taker(2, 0));
            await(cancelling, 2);
            go = BoundedLoops.fillAndHold(file.context().eventLoop());
            cancelling.subscription.cancel();
            go.countDown();
            files.checkNothingIsUsed();
            get(file.close());
        }
    }
}
