// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileSink;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.StreamServer;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a channel receives, into a file, over real sockets. */
@Timeout(60)
class FileSinkTest {
    private static final int LARGE = 20_000_003;

    private final BlockingQueue<Object> ends = new LinkedBlockingQueue<>();
    private final List<Path> expected = new ArrayList<>();
    private Path directory;

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

    private Path expect(String name) {
        Path path = directory.resolve(name);
        expected.add(path);
        return path;
    }

    private Object end() throws Exception {
        Object end = ends.poll(30, TimeUnit.SECONDS);
        assertThat(end).as("how the stream has ended").isNotNull();
        return end;
    }

    private StreamServer http() {
        return StreamServer.of(
                channel ->
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new Uploads(directory, ends)));
    }

    private static int put(StreamServer server, String name, byte[] body, boolean chunked)
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bodiesOfAnyLengthAreWritten(boolean chunked) throws Exception {
        try (StreamServer server = http()) {
            int number = 0;
            for (int length : new int[] {0, 1, 4096, 65_537, 1_000_000, LARGE}) {
                byte[] content = Pattern.bytes(0, length, number);
                String name = "file" + number++;
                assertThat(put(server, name, content, chunked)).isEqualTo(201);
                assertThat(end()).isEqualTo((long) length);
                assertThat(expect(name)).hasBinaryContent(content);
            }
        }
    }

    /** What follows a stream in the same packet is the next handler's. */
    @Test
    void requestsThatFollowAtOnceAreServed() throws Exception {
        try (StreamServer server = http();
                Socket socket = server.connect()) {
            String two =
                    "PUT /a HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc"
                            + "PUT /b HTTP/1.1\r\ncontent-length: 2\r\n\r\nde";
            socket.getOutputStream().write(two.getBytes(StandardCharsets.US_ASCII));
            assertThat(List.of(end(), end())).containsExactlyInAnyOrder(3L, 2L);
        }
        assertThat(expect("a")).hasContent("abc");
        assertThat(expect("b")).hasContent("de");
    }

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

    /** Takes a stream of bytes, and notes what comes after it. */
    private StreamServer bytes(UnaryOperator<AioFileSink> how, StringBuilder after) {
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

    @Test
    void bytesOfAKnownLengthAndWhatComesAfterThem() throws Exception {
        StringBuilder after = new StringBuilder();
        byte[] content = Pattern.bytes(0, 3_000_000);
        try (StreamServer server = bytes(sink -> sink.length(content.length), after);
                Socket socket = server.connect()) {
            socket.getOutputStream().write(content);
            socket.getOutputStream().write("and more".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(end()).isEqualTo((long) content.length);
        }
        assertThat(after.toString()).isEqualTo("and more");
        assertThat(expect("bytes")).hasBinaryContent(content);
    }

    @Test
    void bytesUntilTheInputEnds() throws Exception {
        byte[] content = Pattern.bytes(0, 3_000_000);
        try (StreamServer server = bytes(AioFileSink::endWithInput, new StringBuilder());
                Socket socket = server.connect()) {
            socket.getOutputStream().write(content);
            socket.shutdownOutput();
            assertThat(end()).isEqualTo((long) content.length);
        }
        assertThat(expect("bytes")).hasBinaryContent(content);
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

    /** The connection of a server that has one. */
    private static Channel accepted(StreamServer server) {
        org.awaitility.Awaitility.await().until(() -> server.accepted() != null);
        return server.accepted();
    }

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

    /** Head and content in one message. */
    @Test
    void aFullRequestIsTakenToo() throws Exception {
        try (StreamServer server =
                StreamServer.of(
                        channel ->
                                channel.pipeline()
                                        .addLast(new HttpServerCodec())
                                        .addLast(new HttpObjectAggregator(100_000))
                                        .addLast(new Uploads(directory, ends)))) {
            byte[] content = Pattern.bytes(0, 10_000);
            assertThat(put(server, "full", content, false)).isEqualTo(201);
            assertThat(end()).isEqualTo(10_000L);
            assertThat(expect("full")).hasBinaryContent(content);
            assertThat(put(server, "none", new byte[0], false)).isEqualTo(201);
            assertThat(end()).isEqualTo(0L);
            assertThat(expect("none")).isEmptyFile();
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

    @Test
    void badArgumentsAreNamed() throws Exception {
        try (TestLoops loops = TestLoops.epoll(1)) {
            AioFileWriter writer =
                    AioFileWriter.replacing(loops.next(), directory.resolve("x")).build();
            assertThatThrownBy(() -> new AioFileSink(writer).length(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("length=0");
            assertThatThrownBy(() -> new AioFileSink(null))
                    .isInstanceOf(NullPointerException.class);
            get(writer.abort());
            assertThat(failure(writer.future())).isInstanceOf(AioClosedException.class);
        }
    }
}
