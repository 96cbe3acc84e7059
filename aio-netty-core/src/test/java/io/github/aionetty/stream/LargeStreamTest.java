// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.StreamServer;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files beyond 2 and 4 GiB. */
@Timeout(300)
class LargeStreamTest {
    private static final long GIB = 1L << 30;
    private static final long SIZE = 10 * GIB + 5;
    private static final int PIECE = 100_000;
    private static final long[] BORDERS = {2 * GIB, 4 * GIB, 8 * GIB};

    private Path path;

    /** Sparse, with some bytes around each border and at the end. */
    @BeforeEach
    void create() throws Exception {
        path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "large", "");
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            for (long border : BORDERS) {
                put(channel, border - PIECE / 2);
            }
            put(channel, SIZE - PIECE);
        }
    }

    private static void put(FileChannel channel, long position) throws Exception {
        channel.write(ByteBuffer.wrap(Pattern.bytes(position, PIECE)), position);
    }

    @AfterEach
    void delete() throws Exception {
        Files.delete(path);
    }

    @Test
    void aWholeOneArrives() throws Exception {
        try (StreamServer server =
                        StreamServer.of(
                                Sender.pipeline(
                                        path,
                                        0,
                                        SIZE,
                                        StandardOpenOption.READ,
                                        AioOpenOption.DIRECT));
                Socket socket = server.connect()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            long position = 0;
            for (long border : BORDERS) {
                checkZeros(in, border - PIECE / 2 - position);
                assertThat(in.readNBytes(PIECE))
                        .isEqualTo(Pattern.bytes(border - PIECE / 2, PIECE));
                position = border + PIECE / 2;
            }
            checkZeros(in, SIZE - PIECE - position);
            assertThat(in.readAllBytes()).isEqualTo(Pattern.bytes(SIZE - PIECE, PIECE));
        }
    }

    private static void checkZeros(DataInputStream in, long length) throws Exception {
        byte[] zeros = new byte[1 << 20];
        byte[] piece = new byte[1 << 20];
        for (long left = length; left > 0; left -= piece.length) {
            int now = (int) Math.min(left, piece.length);
            in.readFully(piece, 0, now);
            if (!Arrays.equals(piece, 0, now, zeros, 0, now)) {
                throw new AssertionError("not a hole, " + left + " before its end");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2 * GIB, 4 * GIB, 8 * GIB, SIZE - PIECE / 2})
    void rangesOfItArrive(long border) throws Exception {
        long from = border - PIECE / 2;
        try (StreamServer server =
                        StreamServer.of(
                                Sender.pipeline(
                                        path,
                                        from,
                                        PIECE,
                                        StandardOpenOption.READ,
                                        AioOpenOption.DIRECT));
                Socket socket = server.connect()) {
            assertThat(socket.getInputStream().readAllBytes())
                    .isEqualTo(Pattern.bytes(from, PIECE));
        }
    }

    @Test
    void writesGoThere() throws Exception {
        try (TestLoops loops = TestLoops.epoll(1)) {
            AioFile file =
                    get(
                            AioContext.of(loops.next())
                                    .open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
            for (long border : BORDERS) {
                long from = border - 3 * PIECE;
                AioFileWriter writer = AioFileWriter.into(file, from).build();
                for (int i = 0; i < 6; i++) {
                    byte[] piece = Pattern.bytes(from + i * PIECE, PIECE, 1);
                    writer.write(Unpooled.wrappedBuffer(piece));
                }
                assertThat(get(writer.finish())).isEqualTo(6 * PIECE);
                try (FileChannel channel = FileChannel.open(path)) {
                    ByteBuffer found = ByteBuffer.allocate(6 * PIECE);
                    channel.read(found, from);
                    assertThat(found.array()).isEqualTo(Pattern.bytes(from, 6 * PIECE, 1));
                }
            }
            assertThat(get(file.size())).isEqualTo(SIZE);
            get(file.close());
        }
    }
}
