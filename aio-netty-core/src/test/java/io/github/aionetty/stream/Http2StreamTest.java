// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.StreamServer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files as HTTP/2 streams of one connection, to and from nghttp2's client. */
@Timeout(60)
class Http2StreamTest {
    private static final int SIZE = 8 * 1024 * 1024 + 1;
    private static final int STREAMS = 4;

    @TempDir Path local;

    private Path directory;

    @BeforeEach
    void create() throws Exception {
        boolean there;
        try {
            there = new ProcessBuilder("nghttp", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        FileSystemsUnderTest.require(there, "nghttp");
        directory = Files.createTempDirectory(FileSystemsUnderTest.anyDirectory(), "http2");
    }

    @AfterEach
    void delete() throws Exception {
        try (Stream<Path> all = Files.list(directory)) {
            for (Path each : all.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(directory);
    }

    private static StreamServer server(Consumer<Channel> stream) {
        return StreamServer.of(
                channel ->
                        channel.pipeline()
                                .addLast(Http2FrameCodecBuilder.forServer().build())
                                .addLast(
                                        new Http2MultiplexHandler(
                                                new ChannelInitializer<Channel>() {
                                                    @Override
                                                    protected void initChannel(Channel child) {
                                                        child.pipeline()
                                                                .addLast(
                                                                        new Http2StreamFrameToHttpObjectCodec(
                                                                                true));
                                                        stream.accept(child);
                                                    }
                                                })));
    }

    private byte[] nghttp(StreamServer server, int streams, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("nghttp"));
        command.addAll(List.of(options));
        for (int i = 0; i < streams; i++) {
            command.add("http://127.0.0.1:" + server.address().getPort() + "/" + i);
        }
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
        return output;
    }

    private static StreamServer downloads(Path path) {
        return server(
                stream ->
                        stream.pipeline()
                                .addLast(new ChunkedWriteHandler())
                                .addLast(
                                        new HttpSender(
                                                path,
                                                SIZE,
                                                StandardOpenOption.READ,
                                                AioOpenOption.DIRECT)));
    }

    @Test
    void oneIsWhole() throws Exception {
        Path path = Files.write(directory.resolve("file"), Pattern.bytes(0, SIZE));
        try (StreamServer server = downloads(path)) {
            assertThat(nghttp(server, 1)).isEqualTo(Pattern.bytes(0, SIZE));
        }
    }

    /** Its pieces come in any order. */
    @Test
    void downloadsBesideEachOtherHaveAllBytes() throws Exception {
        Path path = Files.write(directory.resolve("file"), Pattern.bytes(0, SIZE));
        try (StreamServer server = downloads(path)) {
            assertThat(nghttp(server, STREAMS)).hasSize(STREAMS * SIZE);
        }
    }

    @Test
    void uploadsBesideEachOtherAreWhole() throws Exception {
        Path source = Files.write(local.resolve("source"), Pattern.bytes(0, SIZE));
        LinkedBlockingQueue<Object> ends = new LinkedBlockingQueue<>();
        try (StreamServer server =
                server(stream -> stream.pipeline().addLast(new Uploads(directory, ends)))) {
            nghttp(server, STREAMS, "-H:method: PUT", "-d", source.toString());
            assertThat(ends).hasSize(STREAMS).containsOnly((long) SIZE);
            for (int i = 0; i < STREAMS; i++) {
                assertThat(directory.resolve("" + i)).hasSameBinaryContentAs(source);
            }
        }
    }
}
