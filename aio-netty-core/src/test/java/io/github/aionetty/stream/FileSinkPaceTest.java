// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileSink;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.StreamServer;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How fast a channel is read whose stream goes into a file. */
@Timeout(60)
class FileSinkPaceTest extends FileSinkFixture {
    /** A client that is faster than the disk is stopped by its own socket. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSocketIsNotReadWhileTheDiskIsBehind(boolean autoRead) throws Exception {
        Path path = Files.createFile(expect("held"));
        CompletableFuture<HeldWrites> held = new CompletableFuture<>();
        AtomicLong received = new AtomicLong();
        try (StreamServer server =
                        StreamServer.of(
                                channel -> begin(channel, path, held, received, autoRead, LARGE));
                Socket socket = server.connect()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(socket, LARGE));
            HeldWrites writes = held.get(30, TimeUnit.SECONDS);
            // Nothing more comes.
            long before = -1;
            while (before != received.get()) {
                before = received.get();
                Thread.sleep(300);
            }
            assertThat(received.get()).isBetween(100_000L, 3_000_000L);
            assertThat(sent.isDone()).isFalse();
            while (ends.isEmpty()) {
                TestLoops.run(server.loop(), writes::release);
            }
            assertThat(end()).isEqualTo((long) LARGE);
            sent.get(30, TimeUnit.SECONDS);
        }
        assertThat(path).hasBinaryContent(Pattern.bytes(0, LARGE));
    }

    private void begin(
            Channel channel,
            Path path,
            CompletableFuture<HeldWrites> held,
            AtomicLong received,
            boolean autoRead,
            int size) {
        channel.config().setAutoRead(false);
        AioContext.of(channel.eventLoop())
                .open(path, StandardOpenOption.WRITE)
                .addListener(
                        opened -> {
                            AioFile file = (AioFile) opened.getNow();
                            HeldWrites writes = new HeldWrites(file);
                            AioFileSink sink =
                                    new AioFileSink(AioFileWriter.into(writes.file, 0).build());
                            sink.length(size);
                            sink.future()
                                    .addListener(
                                            done -> {
                                                file.close();
                                                ends.add(done.getNow());
                                            });
                            channel.pipeline()
                                    .addLast(new Counter(received))
                                    .addLast(sink)
                                    .addLast(new Asker(!autoRead));
                            held.complete(writes);
                            if (autoRead) {
                                channel.config().setAutoRead(true);
                            } else {
                                channel.read();
                            }
                        });
    }

    /** Counts what the socket has given. */
    private static final class Counter extends ChannelInboundHandlerAdapter {
        private final AtomicLong received;

        Counter(AtomicLong received) {
            this.received = received;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            received.addAndGet(((ByteBuf) message).readableBytes());
            ctx.fireChannelRead(message);
        }
    }

    /** Asks for more whenever some has come, as servers without automatic reading do. */
    private static final class Asker extends ChannelInboundHandlerAdapter {
        private final boolean asks;

        Asker(boolean asks) {
            this.asks = asks;
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            if (asks) {
                ctx.read();
            }
        }
    }

    /** As a proxy's handler does, which knows nothing of the sink. */
    @Test
    void somebodyElseMaySwitchReadingOn() throws Exception {
        Path path = Files.createFile(expect("held"));
        CompletableFuture<HeldWrites> held = new CompletableFuture<>();
        AtomicLong received = new AtomicLong();
        int size = 8_000_000;
        try (StreamServer server =
                        StreamServer.of(
                                channel -> begin(channel, path, held, received, true, size));
                Socket socket = server.connect()) {
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> send(socket, size));
            HeldWrites writes = held.get(30, TimeUnit.SECONDS);
            while (ends.isEmpty()) {
                TestLoops.run(
                        server.loop(),
                        () -> {
                            server.accepted().config().setAutoRead(true);
                            writes.release();
                        });
            }
            assertThat(end()).isEqualTo((long) size);
            sent.get(30, TimeUnit.SECONDS);
        }
        assertThat(path).hasBinaryContent(Pattern.bytes(0, size));
    }

    private static void send(Socket socket, int size) {
        try {
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < size; i += 1000) {
                out.write(Pattern.bytes(i, Math.min(1000, size - i)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One message for each call of {@code read()}, of which the handler makes one each. */
    @RepeatedTest(20)
    void whoReadsOneMessageAtATimeIsNotLeftWaiting() throws Exception {
        byte[] content = Pattern.bytes(0, 1_000_000);
        try (StreamServer server =
                StreamServer.of(
                        channel -> {
                            channel.config().setAutoRead(false);
                            channel.pipeline()
                                    .addLast(new HttpServerCodec())
                                    .addLast(new FlowControlHandler())
                                    .addLast(new Uploads(directory, ends, true));
                        })) {
            assertThat(put(server, "one", content, true)).isEqualTo(201);
            assertThat(end()).isEqualTo((long) content.length);
        }
        assertThat(expect("one")).hasBinaryContent(content);
    }
}
