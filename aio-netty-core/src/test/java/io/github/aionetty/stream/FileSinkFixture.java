// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFileSink;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.StreamServer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A directory for what channels receive, and servers that write it there. */
abstract class FileSinkFixture {
    static final int LARGE = 20_000_003;

    final BlockingQueue<Object> ends = new LinkedBlockingQueue<>();
    final List<Path> expected = new ArrayList<>();
    Path directory;

    @BeforeEach
    void create() throws Exception {
        directory = Files.createTempDirectory(FileSystemsUnderTest.anyDirectory(), "sink");
    }

    @AfterEach
    void delete() throws Exception {
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> found = all.toList();
            for (Path each : found) {
                Files.delete(each);
            }
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        }
        Files.delete(directory);
    }

    Path expect(String name) {
        Path path = directory.resolve(name);
        expected.add(path);
        return path;
    }

    Object end() throws Exception {
        Object end = ends.poll(30, TimeUnit.SECONDS);
        assertThat(end).as("how the stream has ended").isNotNull();
        return end;
    }

    StreamServer http() {
        return StreamServer.of(
                channel ->
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new Uploads(directory, ends)));
    }

    static int put(StreamServer server, String name, byte[] body, boolean chunked)
            throws Exception {
        URL url = new URL("http://127.0.0.1:" + server.address().getPort() + '/' + name);
        HttpURLConnection connection = (HttpURLConnection) url.openConnection();
        connection.setRequestMethod("PUT");
        connection.setDoOutput(true);
        connection.setReadTimeout(20_000);
        if (chunked) {
            connection.setChunkedStreamingMode(10_000);
        } else {
            connection.setFixedLengthStreamingMode(body.length);
        }
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        return connection.getResponseCode();
    }

    /** Takes a stream of bytes, and notes what comes after it. */
    StreamServer bytes(UnaryOperator<AioFileSink> how, StringBuilder after) {
        return StreamServer.of(
                channel -> {
                    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
                    AioFileSink sink =
                            how.apply(
                                    new AioFileSink(
                                            AioFileWriter.replacing(
                                                            channel.eventLoop(),
                                                            directory.resolve("bytes"))
                                                    .build()));
                    sink.future()
                            .addListener(
                                    done ->
                                            ends.add(
                                                    done.isSuccess()
                                                            ? done.getNow()
                                                            : done.cause()));
                    channel.pipeline()
                            .addLast(sink)
                            .addLast(
                                    new SimpleChannelInboundHandler<ByteBuf>() {
                                        @Override
                                        protected void channelRead0(
                                                ChannelHandlerContext ctx, ByteBuf bytes) {
                                            after.append(bytes.toString(StandardCharsets.US_ASCII));
                                        }
                                    });
                });
    }

    /** The connection of a server that has one. */
    static Channel accepted(StreamServer server) {
        org.awaitility.Awaitility.await().until(() -> server.accepted() != null);
        return server.accepted();
    }
}
