// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioChunkedFile;
import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.StreamServer;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.stream.ChunkedFile;
import io.netty.handler.stream.ChunkedInput;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.FutureListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files through {@link ChunkedWriteHandler}, over real sockets. */
@Timeout(60)
class ChunkedFileTest {
    private static final int CHUNK = 64 * 1024;
    private static final int SIZE = 5 * CHUNK + 1234;

    private final List<Path> made = new ArrayList<>();

    @AfterEach
    void delete() throws Exception {
        for (Path path : made) {
            Files.deleteIfExists(path);
        }
    }

    private Path file(String fileSystem, int size) throws Exception {
        Path path = Files.createTempFile(FileSystemsUnderTest.directory(fileSystem), "chunked", "");
        made.add(path);
        return Files.write(path, Pattern.bytes(0, size));
    }

    private Path file(int size) throws Exception {
        return file(FileSystemsUnderTest.names().get(0), size);
    }

    static List<String> fileSystems() {
        return FileSystemsUnderTest.names();
    }

    private static byte[] received(StreamServer server) throws Exception {
        try (Socket socket = server.connect()) {
            return socket.getInputStream().readAllBytes();
        }
    }

    @ParameterizedTest
    @MethodSource("fileSystems")
    void everyRangeArrivesWhole(String fileSystem) throws Exception {
        Path path = file(fileSystem, SIZE);
        for (int offset : new int[] {0, 1, 4096, CHUNK - 1, SIZE - 1, SIZE}) {
            for (int length : new int[] {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, SIZE}) {
                int most = Math.min(length, SIZE - offset);
                try (StreamServer server = StreamServer.of(Sender.pipeline(path, offset, most))) {
                    assertThat(received(server)).isEqualTo(Pattern.bytes(offset, most));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "overlay"})
    void andPastThePageCache(String fileSystem) throws Exception {
        FileSystemsUnderTest.require(
                FileSystemsUnderTest.names().contains(fileSystem), "file system " + fileSystem);
        Path path = file(fileSystem, SIZE);
        for (int offset : new int[] {0, 511, CHUNK + 512}) {
            try (StreamServer server =
                    StreamServer.of(
                            Sender.pipeline(
                                    path,
                                    offset,
                                    SIZE - offset,
                                    StandardOpenOption.READ,
                                    AioOpenOption.DIRECT))) {
                assertThat(received(server)).isEqualTo(Pattern.bytes(offset, SIZE - offset));
            }
        }
    }

    /** Notes what a write says of its progress. */
    private static final class Progress implements ChannelProgressiveFutureListener {
        final List<Long> seen = new CopyOnWriteArrayList<>();

        @Override
        public void operationProgressed(ChannelProgressiveFuture write, long done, long total) {
            seen.add(total == SIZE ? done : -total);
        }

        @Override
        public void operationComplete(ChannelProgressiveFuture write) {
            seen.add(write.isSuccess() ? Long.MAX_VALUE : Long.MIN_VALUE);
        }
    }

    private List<Long> progress(Path path, BiFunction<Channel, AioFile, ChunkedInput<?>> input)
            throws Exception {
        Progress progress = new Progress();
        try (StreamServer server =
                StreamServer.of(
                        Sender.pipeline(path, input, write -> write.addListener(progress)))) {
            assertThat(received(server)).isEqualTo(Pattern.bytes(0, SIZE));
        }
        return progress.seen;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 64})
    void progressIsWhatChunkedFileTellsWhateverIsReadAhead(int readAhead) throws Exception {
        int chunk = 8192;
        Path path = file(SIZE);
        List<Long> expected =
                progress(
                        path,
                        (channel, file) -> {
                            file.close();
                            try {
                                RandomAccessFile again = new RandomAccessFile(path.toFile(), "r");
                                return new ChunkedFile(again, 0, SIZE, chunk);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        assertThat(expected).contains((long) chunk, (long) SIZE, Long.MAX_VALUE);
        assertThat(
                        progress(
                                path,
                                (channel, file) ->
                                        AioChunkedFile.builder(channel, file)
                                                .range(0, SIZE)
                                                .chunkSize(chunk)
                                                .readAhead(readAhead)
                                                .build()))
                .isEqualTo(expected);
    }

    @Test
    void aFileOfAnotherLoopIsRightToo() throws Exception {
        Path path = file(SIZE);
        try (TestLoops others = TestLoops.epoll(1)) {
            AioFile file = get(AioContext.of(others.next()).open(path));
            try (StreamServer server =
                    StreamServer.of(
                            Sender.pipeline(
                                    path,
                                    (channel, own) -> {
                                        own.close();
                                        return new AioChunkedFile(
                                                channel, file.on(others.next()), 0, SIZE);
                                    },
                                    write -> {}))) {
                for (int i = 0; i < 20; i++) {
                    assertThat(received(server)).isEqualTo(Pattern.bytes(0, SIZE));
                }
            }
            get(file.close());
        }
    }

    @Test
    void anHttpResponseOfChunksIsReadByAnHttpClient() throws Exception {
        Path path = file(SIZE);
        try (StreamServer server =
                StreamServer.of(
                        channel ->
                                channel.pipeline()
                                        .addLast(new HttpServerCodec())
                                        .addLast(new ChunkedWriteHandler())
                                        .addLast(new HttpSender(path, SIZE)))) {
            for (int i = 0; i < 3; i++) {
                URL url = new URL("http://127.0.0.1:" + server.address().getPort());
                try (InputStream body = url.openStream()) {
                    assertThat(body.readAllBytes()).isEqualTo(Pattern.bytes(0, SIZE));
                }
            }
        }
    }

    @Test
    void anInputThatIsNeverReadClosesItsFile() throws Exception {
        Path path = file(SIZE);
        try (TestLoops loops = TestLoops.epoll(1)) {
            AioFile file = get(AioContext.of(loops.next()).open(path));
            AioChunkedFile input = new AioChunkedFile(new EmbeddedChannel(), file, 0, SIZE);
            assertThat(input.isEndOfInput()).isFalse();
            assertThat(input.length()).isEqualTo(SIZE);
            assertThat(input.progress()).isZero();
            input.close();
            input.close();
            assertThat(file.isOpen()).isFalse();
            assertThat(input.isEndOfInput()).isTrue();
            assertThatThrownBy(() -> input.readChunk(ByteBufAllocator.DEFAULT))
                    .isInstanceOf(AioClosedException.class)
                    .hasMessageContaining(path.toString());
        }
    }

    @Test
    void withoutTheHandlerItSaysSo() throws Exception {
        Path path = file(SIZE);
        try (TestLoops loops = TestLoops.epoll(1)) {
            AioFile file = get(AioContext.of(loops.next()).open(path));
            AioChunkedFile input = new AioChunkedFile(new EmbeddedChannel(), file, 0, SIZE);
            assertThatThrownBy(() -> input.readChunk(ByteBufAllocator.DEFAULT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ChunkedWriteHandler");
            input.close();
        }
    }

    /** A handler that pulls by itself. */
    @Test
    void whoeverPullsIsCalledWhenThereIsMore() throws Exception {
        Path path = file(SIZE);
        try (StreamServer server =
                StreamServer.of(
                        channel ->
                                AioContext.of(channel.eventLoop())
                                        .open(path)
                                        .addListener(
                                                (FutureListener<AioFile>)
                                                        opened ->
                                                                new Puller(channel)
                                                                        .pull(opened.getNow())))) {
            assertThat(received(server)).isEqualTo(Pattern.bytes(0, SIZE));
        }
    }

    /** Writes what there is, and waits to be called. */
    private static final class Puller {
        private final Channel channel;
        private AioChunkedFile input;

        Puller(Channel channel) {
            this.channel = channel;
        }

        void pull(AioFile file) {
            input =
                    AioChunkedFile.builder(channel, file)
                            .range(0, SIZE)
                            .onReady(this::goOn)
                            .build();
            goOn();
        }

        private void goOn() {
            try {
                ByteBuf chunk;
                while ((chunk = input.readChunk(channel.alloc())) != null) {
                    channel.writeAndFlush(chunk);
                }
                if (input.isEndOfInput()) {
                    input.close();
                    channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                            .addListener(ChannelFutureListener.CLOSE);
                }
            } catch (Exception e) {
                channel.close();
            }
        }
    }

    @Test
    void badArgumentsAreNamed() throws Exception {
        Path path = file(SIZE);
        try (TestLoops loops = TestLoops.epoll(1)) {
            AioFile file = get(AioContext.of(loops.next()).open(path));
            AioChunkedFile.Builder builder = AioChunkedFile.builder(new EmbeddedChannel(), file);
            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("range");
            assertThatThrownBy(() -> builder.range(-1, 5)).hasMessageContaining("offset=-1");
            assertThatThrownBy(() -> builder.range(0, -5)).hasMessageContaining("length=-5");
            assertThatThrownBy(() -> builder.range(Long.MAX_VALUE, 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> builder.chunkSize(0)).hasMessageContaining("chunkSize=0");
            assertThatThrownBy(() -> builder.readAhead(-1)).hasMessageContaining("readAhead=-1");
            get(file.close());
        }
    }
}
