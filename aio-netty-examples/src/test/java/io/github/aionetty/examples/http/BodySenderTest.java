// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFileAttributes.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.DefaultPromise;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.http.ByteRange;
import org.junit.jupiter.api.Test;

/** Against a file whose reads complete when the test says so. */
class BodySenderTest {
    private static final int CHUNK = BodySender.CHUNK;

    /** A read that the sender has begun. */
    private record Read(long position, int length, Promise<ByteBuf> promise) {
        ByteBuf complete() {
            return complete(length);
        }

        ByteBuf complete(int bytes) {
            ByteBuf buffer = Unpooled.directBuffer(Math.max(1, bytes)).writeZero(bytes);
            promise.setSuccess(buffer);
            return buffer;
        }
    }

    private static final AioFileAttributes BEFORE =
            new AioFileAttributes(100L * CHUNK, FileTime.fromMillis(1), 0, 0, Kind.REGULAR_FILE);

    private AioFileAttributes now = BEFORE;
    private final List<Read> reads = new ArrayList<>();
    private final List<Boolean> finished = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private boolean closed;
    private int closes;
    private int parts;
    private Exchange exchange;

    private void send(long first, long end) {
        send(
                selected ->
                        ready ->
                                FileBytes.of(
                                        channel, selected, new ByteRange(first, end - 1), ready));
    }

    /** Ranges that are apart, as of one response. */
    private void sendParts(ByteRange... ranges) {
        send(
                selected ->
                        ready ->
                                new MultipartBody(
                                        MultipartLayout.of("b", List.of(ranges), selected),
                                        range ->
                                                FileBytes.ofPart(channel, selected, range, ready)));
    }

    private void send(Function<Representation, Function<Runnable, BodySource>> body) {
        ChannelHandlerContext ctx = channel.pipeline().firstContext();
        exchange =
                new Exchange(
                        ctx,
                        new Site(Limits.DEFAULT, false, null, Map.of(), List.of()),
                        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/"),
                        true,
                        carrier());
        AioFile file = file();
        exchange.closeAtEnd(file);
        Representation selected = Representation.of(file, BEFORE, "text/plain", null);
        exchange.send(
                new BodySender(
                        exchange, exchange.head(HttpResponseStatus.OK), body.apply(selected)));
    }

    private Carrier carrier() {
        return new Carrier() {
            @Override
            public boolean isRequestComplete() {
                return true;
            }

            @Override
            public void bodyWanted(ChannelHandlerContext ctx) {}

            @Override
            public void bodyEnded() {}

            @Override
            public void exchangeEnded(ChannelHandlerContext ctx, boolean keepAlive) {
                finished.add(keepAlive);
            }
        };
    }

    private void run() {
        channel.runPendingTasks();
    }

    @SuppressWarnings("unchecked")
    private AioFile file() {
        return (AioFile)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {AioFile.class},
                        (proxy, method, args) -> {
                            switch (method.getName()) {
                                case "read":
                                    Promise<ByteBuf> promise = (Promise<ByteBuf>) args[2];
                                    // As whatever has been submitted.
                                    assertThat(promise.setUncancellable()).isTrue();
                                    reads.add(new Read((Long) args[0], (Integer) args[1], promise));
                                    return promise;
                                case "attributes":
                                    return ((Promise<AioFileAttributes>) args[0]).setSuccess(now);
                                case "on":
                                    parts++;
                                    return file();
                                case "close":
                                    closes++;
                                    closed = true;
                                    return ImmediateEventExecutor.INSTANCE.newSucceededFuture(null);
                                case "isDirect":
                                    return true;
                                case "path":
                                    return Path.of("file");
                                default:
                                    throw new UnsupportedOperationException(method.getName());
                            }
                        });
    }

    @Test
    void chunksEndOnMultiplesOfTheirSize() {
        send(CHUNK - 10, 3L * CHUNK + 5);
        while (finished.isEmpty()) {
            reads.stream().filter(read -> !read.promise().isDone()).findFirst().get().complete();
            run();
        }
        assertThat(reads)
                .extracting(Read::position)
                .containsExactly(CHUNK - 10L, (long) CHUNK, 2L * CHUNK, 3L * CHUNK);
        assertThat(reads).extracting(Read::length).containsExactly(10, CHUNK, CHUNK, 5);
        assertThat(finished).containsExactly(true);
        assertThat(closed).isTrue();
        channel.releaseOutbound();
    }

    @Test
    void bytesGoOutAsTheBuffersThatCame() {
        send(0, 2L * CHUNK);
        assertThat(reads).hasSize(1);
        assertThat(channel.<Object>readOutbound()).as("not before the first").isNull();
        ByteBuf first = reads.get(0).complete();
        run();
        assertThat(channel.<Object>readOutbound()).isInstanceOf(HttpResponse.class);
        assertThat(((HttpContent) channel.readOutbound()).content()).isSameAs(first);
        ByteBuf second = reads.get(1).complete();
        run();
        LastHttpContent last = channel.readOutbound();
        assertThat(last.content()).isSameAs(second);
        first.release();
        second.release();
        assertThat(finished).containsExactly(true);
    }

    /** Else a connection that is kept would collect what it has sent. */
    @Test
    void theChannelKeepsNothingOfWhatWasSent() throws Exception {
        for (int i = 0; i < 3; i++) {
            send(0, 10);
            reads.get(i).complete();
            run();
        }
        assertThat(finished).hasSize(3);
        Field listeners = DefaultPromise.class.getDeclaredField("listeners");
        listeners.setAccessible(true);
        Object kept = listeners.get(channel.closeFuture());
        assertThat(kept == null ? "" : describe(kept)).doesNotContain("AioChunkedFile");
        channel.releaseOutbound();
    }

    /** One listener, or Netty's list of them. */
    private static String describe(Object listeners) throws Exception {
        for (Field field : listeners.getClass().getDeclaredFields()) {
            if (field.getType().isArray()) {
                field.setAccessible(true);
                return Arrays.toString((Object[]) field.get(listeners));
            }
        }
        return listeners.toString();
    }

    @Test
    void aFullSocketStopsReading() {
        channel.config()
                .setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1, 1));
        send(0, 10L * CHUNK);
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        reads.get(0).complete();
        run();
        assertThat(reads).as("nothing more while the socket is full").hasSize(1);
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        exchange.writabilityChanged();
        assertThat(reads.size()).isGreaterThan(1);
        exchange.abort(new ClosedChannelException());
        reads.subList(1, reads.size()).forEach(Read::complete);
        run();
        channel.releaseOutbound();
    }

    @Test
    void aFirstReadThatFailsIsA500() {
        send(0, 3L * CHUNK);
        reads.get(0).promise().setFailure(new IOException("bad sector"));
        run();
        HttpResponse response = channel.readOutbound();
        assertThat(response.status().code()).isEqualTo(500);
        assertThat(channel.isOpen()).isTrue();
        assertThat(closed).isTrue();
        channel.releaseOutbound();
    }

    @Test
    void aFirstReadThatFindsNoMemoryIsA503() {
        send(0, 3L * CHUNK);
        reads.get(0).promise().setFailure(new RejectedExecutionException("full"));
        run();
        HttpResponse response = channel.readOutbound();
        assertThat(response.status().code()).isEqualTo(503);
        assertThat(response.headers().get("retry-after")).isEqualTo("1");
        channel.releaseOutbound();
    }

    @Test
    void aLaterReadThatFindsNoMemoryIsTriedAgain() {
        send(0, 2L * CHUNK);
        reads.get(0).complete();
        run();
        reads.get(1).promise().setFailure(new AioException(12, "read", "file", -1, -1, null));
        run();
        assertThat(channel.isOpen()).isTrue();
        channel.advanceTimeBy(1, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(reads).hasSize(3);
        assertThat(reads.get(2).position()).isEqualTo(CHUNK);
        reads.get(2).complete();
        run();
        assertThat(finished).containsExactly(true);
        channel.releaseOutbound();
    }

    @Test
    void aLaterFailureBreaksTheConnection() {
        send(0, 3L * CHUNK);
        reads.get(0).complete();
        run();
        reads.get(1).promise().setFailure(new IOException("bad sector"));
        run();
        assertThat(channel.isOpen()).isFalse();
        assertThat(finished).isEmpty();
        reads.stream().filter(read -> !read.promise().isDone()).forEach(Read::complete);
        channel.releaseOutbound();
    }

    @Test
    void aFileThatBecameShorterBreaksTheConnection() {
        send(0, 3L * CHUNK);
        reads.get(0).complete();
        run();
        ByteBuf part = reads.get(1).complete(100);
        run();
        assertThat(part.refCnt()).isZero();
        assertThat(channel.isOpen()).isFalse();
        channel.releaseOutbound();
    }

    @Test
    void aFileThatWasOverwrittenBreaksTheConnection() {
        now = new AioFileAttributes(BEFORE.size(), FileTime.fromMillis(2), 0, 0, Kind.REGULAR_FILE);
        send(0, 2L * CHUNK);
        reads.get(0).complete();
        run();
        ByteBuf last = reads.get(1).complete();
        run();
        assertThat(last.refCnt()).isZero();
        assertThat(channel.isOpen()).isFalse();
        channel.releaseOutbound();
    }

    @Test
    void aClientThatGoesAwayLeavesNothing() {
        send(0, 3L * CHUNK);
        exchange.abort(new ClosedChannelException());
        assertThat(reads.get(0).complete().refCnt()).as("came too late").isZero();
        run();
        assertThat(closed).isTrue();
        assertThat(reads).hasSize(1);
        assertThat(finished).isEmpty();
    }

    @Test
    void partsAreReadOneAfterTheOther() {
        sendParts(new ByteRange(0, 9), new ByteRange(2L * CHUNK, 4L * CHUNK - 1));
        assertThat(reads).hasSize(1);
        assertThat(channel.<Object>readOutbound()).as("not before the first").isNull();
        ByteBuf first = reads.get(0).complete();
        run();
        assertThat(channel.<Object>readOutbound()).isInstanceOf(HttpResponse.class);
        HttpContent framed = channel.readOutbound();
        assertThat(framed.content().toString(StandardCharsets.US_ASCII))
                .startsWith("--b\r\ncontent-type: text/plain\r\ncontent-range: bytes 0-9/")
                .endsWith("\r\n\r\n" + "\0".repeat(10));
        assertThat(channel.<Object>readOutbound()).as("no delimiter ahead of its part").isNull();
        assertThat(first.refCnt()).as("framed, not copied").isEqualTo(1);
        framed.release();
        assertThat(first.refCnt()).isZero();
        assertThat(closes).as("the first part's handle").isEqualTo(1);
        while (finished.isEmpty()) {
            reads.stream().filter(read -> !read.promise().isDone()).findFirst().get().complete();
            run();
        }
        assertThat(reads).extracting(Read::position).containsExactly(0L, 2L * CHUNK, 3L * CHUNK);
        HttpContent second = channel.readOutbound();
        LastHttpContent last = channel.readOutbound();
        assertThat(last.content().toString(StandardCharsets.US_ASCII)).endsWith("\0\r\n--b--\r\n");
        second.release();
        last.release();
        assertThat(parts).isEqualTo(2);
        assertThat(closes).as("both parts', and the file's own").isEqualTo(3);
    }

    @Test
    void aFirstPartThatCannotBeReadIsA500() {
        sendParts(new ByteRange(0, 9), new ByteRange(20, 29));
        reads.get(0).promise().setFailure(new IOException("bad sector"));
        run();
        HttpResponse response = channel.readOutbound();
        assertThat(response.status().code()).isEqualTo(500);
        assertThat(channel.isOpen()).isTrue();
        assertThat(closes).isEqualTo(2);
        channel.releaseOutbound();
    }

    /** However short the parts are: each by itself is one read. */
    @Test
    void aFileThatIsOverwrittenBetweenTwoPartsBreaksTheConnection() {
        sendParts(new ByteRange(0, 9), new ByteRange(20, 29), new ByteRange(40, 49));
        reads.get(0).complete();
        run();
        now = new AioFileAttributes(BEFORE.size(), FileTime.fromMillis(2), 0, 0, Kind.REGULAR_FILE);
        ByteBuf part = reads.get(1).complete();
        run();
        assertThat(part.refCnt()).isZero();
        assertThat(channel.isOpen()).isFalse();
        assertThat(reads).hasSize(2);
        assertThat(finished).isEmpty();
        assertThat(closes).as("those of two parts").isEqualTo(2);
        channel.releaseOutbound();
    }

    @Test
    void aClientThatGoesAwayInTheMiddleOfAPartLeavesNothing() {
        sendParts(new ByteRange(0, 9), new ByteRange(2L * CHUNK, 9L * CHUNK));
        reads.get(0).complete();
        run();
        reads.get(1).complete();
        run();
        assertThat(reads.size()).isGreaterThan(2);
        exchange.abort(new ClosedChannelException());
        int begun = reads.size();
        for (Read read : List.copyOf(reads).subList(2, begun)) {
            assertThat(read.complete().refCnt()).as("came too late").isZero();
        }
        run();
        assertThat(reads).hasSize(begun);
        assertThat(closes).isEqualTo(parts + 1).isEqualTo(3);
        assertThat(finished).isEmpty();
        channel.releaseOutbound();
    }
}
