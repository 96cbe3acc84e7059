// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioFileSink;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.support.StreamServer;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams from channels that do not come to their end. */
@Timeout(60)
class FileSinkEndTest extends FileSinkFixture {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 1000\r\n\r\nabc",
                "transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "transfer-encoding: chunked\r\n\r\n3\r\nabc\r\nnonsense\r\n",
            })
    void aBrokenBodyLeavesNothing(String rest) throws Exception {
        aBrokenBodyLeavesNothing(rest, false);
        aBrokenBodyLeavesNothing(rest, true);
    }

    private void aBrokenBodyLeavesNothing(String rest, boolean halfClosure) throws Exception {
        try (StreamServer server =
                        StreamServer.of(
                                channel -> {
                                    channel.config()
                                            .setOption(
                                                    ChannelOption.ALLOW_HALF_CLOSURE, halfClosure);
                                    channel.pipeline()
                                            .addLast(new HttpServerCodec())
                                            .addLast(new Uploads(directory, ends));
                                });
                Socket socket = server.connect()) {
            byte[] request = ("PUT /a HTTP/1.1\r\n" + rest).getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            assertThat(end()).isInstanceOf(Exception.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStreamThatEndsTooEarlyLeavesNothing(boolean reset) throws Exception {
        try (StreamServer server = bytes(sink -> sink.length(1_000_000), new StringBuilder())) {
            try (Socket socket = server.connect()) {
                socket.getOutputStream().write(new byte[500_000]);
                if (reset) {
                    socket.setSoLinger(true, 0);
                } else {
                    socket.shutdownOutput();
                }
            }
            assertThat(end()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anExceptionBeforeItOrItsRemovalAbortsIt() throws Exception {
        for (boolean remove : new boolean[] {true, false}) {
            AtomicBoolean caught = new AtomicBoolean();
            try (StreamServer server = bytes(sink -> sink.length(1_000_000), new StringBuilder());
                    Socket socket = server.connect()) {
                socket.getOutputStream().write(new byte[100]);
                Channel channel = accepted(server);
                TestLoops.run(
                        server.loop(),
                        () -> {
                            channel.pipeline()
                                    .addLast(
                                            new ChannelInboundHandlerAdapter() {
                                                @Override
                                                public void exceptionCaught(
                                                        ChannelHandlerContext ctx,
                                                        Throwable cause) {
                                                    caught.set(true);
                                                }
                                            });
                            if (remove) {
                                channel.pipeline().remove(AioFileSink.class);
                            } else {
                                channel.pipeline()
                                        .fireExceptionCaught(new IllegalStateException("test"));
                            }
                        });
                assertThat(end())
                        .isInstanceOf(
                                remove ? AioClosedException.class : IllegalStateException.class);
                assertThat(caught.get()).isEqualTo(!remove);
            }
        }
    }

    /** An application that gives up by the writer it has made. */
    @Test
    void aWriterThatSomebodyElseHasAbortedTakesTheRest() throws Exception {
        CompletableFuture<AioFileWriter> made = new CompletableFuture<>();
        StringBuilder after = new StringBuilder();
        try (StreamServer server =
                        StreamServer.of(
                                channel -> {
                                    AioFileWriter writer =
                                            AioFileWriter.replacing(
                                                            channel.eventLoop(),
                                                            directory.resolve("x"))
                                                    .build();
                                    channel.pipeline()
                                            .addLast(new AioFileSink(writer).length(1_000_000))
                                            .addLast(
                                                    new ChannelInboundHandlerAdapter() {
                                                        @Override
                                                        public void channelRead(
                                                                ChannelHandlerContext ctx,
                                                                Object message) {
                                                            after.append(
                                                                    ((ByteBuf) message)
                                                                            .toString(
                                                                                    StandardCharsets
                                                                                            .US_ASCII));
                                                            ((ByteBuf) message).release();
                                                            ctx.close();
                                                        }
                                                    });
                                    made.complete(writer);
                                });
                Socket socket = server.connect()) {
            socket.getOutputStream().write(new byte[400_000]);
            AioFileWriter writer = made.get(30, TimeUnit.SECONDS);
            get(writer.abort());
            socket.getOutputStream().write(new byte[600_000]);
            socket.getOutputStream().write("after".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(after.toString()).isEqualTo("after");
            assertThat(failure(writer.future())).isInstanceOf(AioClosedException.class);
        }
    }

    @Test
    void aFailureIsToldAndTheRestIsThrownAway() throws Exception {
        try (StreamServer server = http();
                Socket socket = server.connect()) {
            byte[] head =
                    ("PUT /missing/a HTTP/1.1\r\ncontent-length: " + LARGE + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII);
            OutputStream out = socket.getOutputStream();
            out.write(head);
            out.write(new byte[LARGE]);
            assertThat(end()).isInstanceOf(java.nio.file.NoSuchFileException.class);
            byte[] again = "PUT /a HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc".getBytes();
            out.write(again);
            assertThat(end()).isEqualTo(3L);
            InputStream in = socket.getInputStream();
            String first = new String(in.readNBytes(40), StandardCharsets.US_ASCII);
            assertThat(first).startsWith("HTTP/1.1 507");
        }
        assertThat(expect("a")).hasContent("abc");
    }
}
