// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static io.github.aionetty.support.Futures.failure;
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
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpChunkedInput;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
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
            assertThat(input.isEndOfInput()).as("nobody is to take it for whole").isFalse();
            assertThatThrownBy(() -> input.readChunk(ByteBufAllocator.DEFAULT))
                    .isInstanceOf(AioClosedException.class)
                    .hasMessageContaining(path.toString());
        }
    }

    /** Whoever gets it must not take it for whole. */
    @Test
    void closedInTheMiddleItIsAFailure() throws Exception {
        int size = 64 * 1024 * 1024;
        Path path = file(1);
        try (RandomAccessFile larger = new RandomAccessFile(path.toFile(), "rw")) {
            larger.setLength(size);
        }
        CompletableFuture<ChannelFuture> written = new CompletableFuture<>();
        try (StreamServer server =
                        StreamServer.of(
                                channel ->
                                        channel.pipeline()
                                                .addLast(new HttpServerCodec())
                                                .addLast(new ChunkedWriteHandler())
                                                .addLast(new EarlyEnd(path, size, written)));
                Socket socket = server.connect()) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
            byte[] received = socket.getInputStream().readAllBytes();
            assertThat(received.length).isLessThan(size);
            assertThat(new String(received, received.length - 5, 5)).isNotEqualTo("0\r\n\r\n");
            assertThat(failure(written.get(30, TimeUnit.SECONDS))).isNotNull();
        }
    }

    /** Closes what it sends a moment later. */
    private static final class EarlyEnd extends ChannelInboundHandlerAdapter {
        private final Path path;
        private final int size;
        private final CompletableFuture<ChannelFuture> written;

        EarlyEnd(Path path, int size, CompletableFuture<ChannelFuture> written) {
            this.path = path;
            this.size = size;
            this.written = written;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (!(message instanceof HttpRequest)) {
                return;
            }
            FutureListener<AioFile> opened =
                    file -> {
                        AioChunkedFile input =
                                new AioChunkedFile(ctx.channel(), file.getNow(), 0, size);
                        HttpResponse head =
                                new DefaultHttpResponse(
                                        HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
                        HttpUtil.setTransferEncodingChunked(head, true);
                        ctx.write(head);
                        written.complete(
                                ctx.writeAndFlush(new HttpChunkedInput(input))
                                        .addListener(ChannelFutureListener.CLOSE));
                        ctx.executor().schedule(input::close, 20, TimeUnit.MILLISECONDS);
                    };
            AioContext.of(ctx.channel().eventLoop()).open(path).addListener(opened);
        }
    }

    /** A client that has gone while the file was opened, for one. */
    @Test
    void oneThatNeverGetsToTheHandlerIsClosedWithItsChannel() throws Exception {
        Path path = file(SIZE);
        try (TestLoops loops = TestLoops.epoll(1)) {
            AioFile first = get(AioContext.of(loops.next()).open(path));
            EmbeddedChannel channel = new EmbeddedChannel();
            new AioChunkedFile(channel, first, 0, SIZE);
            assertThat(first.isOpen()).isTrue();
            channel.close();
            assertThat(first.isOpen()).isFalse();
            AioFile second = get(AioContext.of(loops.next()).open(path));
            new AioChunkedFile(channel, second, 0, SIZE);
            assertThat(second.isOpen()).isFalse();
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
