// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static io.github.aionetty.support.Futures.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioChunkedFile;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.StreamServer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.handler.stream.ChunkedInput;
import java.io.EOFException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that change while they are being sent. */
@Timeout(60)
class ChangingFileTest {
    /** More than sockets hold. */
    private static final int SIZE = 16 * 1024 * 1024 + 100;

    private static final int SOCKET_BUFFER = 64 * 1024;

    private final BlockingQueue<ChannelFuture> writes = new ArrayBlockingQueue<>(1);
    private final byte[] content = Pattern.bytes(0, SIZE);
    private Path path;

    @BeforeEach
    void create() throws Exception {
        path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "changing", "");
        Files.write(path, content);
        Files.setLastModifiedTime(path, FileTime.fromMillis(1_000_000_000_000L));
    }

    @AfterEach
    void delete() throws Exception {
        Files.deleteIfExists(path);
    }

    /** What happens when the client has got the first byte. */
    private interface Change {
        void make() throws Exception;
    }

    private byte[] receive(BiFunction<Channel, AioFile, ChunkedInput<?>> input, Change change)
            throws Exception {
        try (StreamServer server =
                        StreamServer.of(
                                channel -> {
                                    channel.config().setOption(ChannelOption.SO_SNDBUF, 1);
                                    Sender.pipeline(path, input, this::written).accept(channel);
                                });
                Socket socket = new Socket()) {
            socket.setReceiveBufferSize(SOCKET_BUFFER);
            socket.connect(server.address());
            InputStream in = socket.getInputStream();
            byte[] first = in.readNBytes(1);
            change.make();
            byte[] rest = in.readAllBytes();
            byte[] all = new byte[first.length + rest.length];
            all[0] = first[0];
            System.arraycopy(rest, 0, all, 1, rest.length);
            return all;
        }
    }

    private void written(ChannelProgressivePromise write) {
        writes.add(write);
    }

    private Throwable writeFailure() throws Exception {
        return failure(writes.poll(30, TimeUnit.SECONDS));
    }

    private static AioChunkedFile plain(Channel channel, AioFile file) {
        return new AioChunkedFile(channel, file, 0, SIZE);
    }

    /** With the attributes of before, as a server has them from its first look. */
    private BiFunction<Channel, AioFile, ChunkedInput<?>> guarded() throws Exception {
        AioFileAttributes before =
                new AioFileAttributes(
                        SIZE,
                        Files.getLastModifiedTime(path),
                        0,
                        0,
                        AioFileAttributes.Kind.REGULAR_FILE);
        return (channel, file) ->
                AioChunkedFile.builder(channel, file).unchangedSince(before).build();
    }

    private void write(long position, byte[] bytes) throws Exception {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private void truncate(long size) throws Exception {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    @Test
    void oneThatShrinksEndsTheConnection() throws Exception {
        int left = SIZE - 1000;
        byte[] received = receive(ChangingFileTest::plain, () -> truncate(left));
        assertThat(received.length).isLessThanOrEqualTo(left);
        assertThat(received).isEqualTo(Pattern.bytes(0, received.length));
        assertThat(writeFailure())
                .isInstanceOf(EOFException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContaining("size=" + left);
    }

    @Test
    void soDoesOneThatBecomesEmpty() throws Exception {
        byte[] received = receive(ChangingFileTest::plain, () -> truncate(0));
        assertThat(received.length).isLessThan(SIZE);
        assertThat(received).isEqualTo(Pattern.bytes(0, received.length));
        assertThat(writeFailure()).isInstanceOf(EOFException.class);
    }

    @Test
    void oneThatGrowsSendsWhatWasPromised() throws Exception {
        byte[] received = receive(guarded(), () -> write(SIZE, new byte[12345]));
        assertThat(received).isEqualTo(content);
    }

    @Test
    void oneThatIsUnlinkedIsSentWhole() throws Exception {
        assertThat(receive(guarded(), () -> Files.delete(path))).isEqualTo(content);
    }

    @Test
    void oneThatIsReplacedIsSentAsItWas() throws Exception {
        Path other = Files.write(path.resolveSibling("other"), new byte[SIZE]);
        Change change = () -> Files.move(other, path, StandardCopyOption.ATOMIC_MOVE);
        assertThat(receive(guarded(), change)).isEqualTo(content);
    }

    @Test
    void oneThatIsOverwrittenIsNeverSentWhole() throws Exception {
        byte[] received = receive(guarded(), () -> write(0, Pattern.bytes(0, SIZE - 1, 1)));
        assertThat(received.length).isLessThan(SIZE);
        assertThat(writeFailure())
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("changed while it was read");
    }

    /** As {@code cp} does it: it has not grown, though it is longer. */
    @Test
    void norIsOneThatIsWrittenAnewAndLonger() throws Exception {
        byte[] received =
                receive(guarded(), () -> Files.write(path, Pattern.bytes(0, SIZE + 1_000_000, 1)));
        assertThat(received.length).isLessThan(SIZE);
        assertThat(writeFailure()).isInstanceOf(java.io.IOException.class);
    }

    @Test
    void norIsOneThatIsWrittenAnew() throws Exception {
        byte[] received = receive(guarded(), () -> Files.write(path, Pattern.bytes(0, SIZE, 1)));
        assertThat(received.length).isLessThan(SIZE);
        assertThat(writeFailure()).isInstanceOf(java.io.IOException.class);
    }
}
