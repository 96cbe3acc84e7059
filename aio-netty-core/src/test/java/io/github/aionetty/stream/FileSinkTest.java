// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioFileSink;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.StreamServer;
import io.github.aionetty.support.TestLoops;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a channel receives, into a file, over real sockets. */
@Timeout(60)
class FileSinkTest extends FileSinkFixture {
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
