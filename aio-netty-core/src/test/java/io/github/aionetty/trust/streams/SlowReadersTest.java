// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioBuffers;
import io.github.aionetty.AioChunkedFile;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.StreamServer;
import io.github.aionetty.support.Tls;
import io.github.aionetty.trust.Length;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.FutureListener;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of clients that hardly read a large file hold little memory, and stop nobody: for
 * {@code aionetty.trust.seconds}, a minute in the suite and, by {@code aionetty.slow.seconds}, 20 s
 * of it on all JDKs but the first. What grows more slowly is for {@code ./run trust streams}.
 */
@Timeout(7200)
class SlowReadersTest {
    private static final int CLIENTS = 2000;
    private static final long EACH = 160 * 1024;

    /** Of the KiB that a client asks for each second, what a busy machine has to send. */
    private static final int RECEIVED_PER_SECOND = 1024 / 6;

    /** Of how many times the median is taken: the first meets thousands of opens. */
    private static final int FEWEST = 7;

    private static final long SIZE = 1L << 30;
    private static final int SECONDS =
            Integer.getInteger(
                    "aionetty.trust.seconds", Integer.getInteger("aionetty.slow.seconds", 60));
    private static final int TLS_CLIENTS = 200;
    private static final int TLS_SECONDS = Math.min(SECONDS, 6);
    private static final int HEAD = 16 * 1024 * 1024;

    /** Its metrics are those of this server alone. */
    private final PooledByteBufAllocator memory = new PooledByteBufAllocator(true);

    private void send(Channel channel, Path path) {
        channel.config().setAllocator(memory);
        channel.pipeline().addLast(new ChunkedWriteHandler());
        FutureListener<AioFile> opened =
                file ->
                        channel.writeAndFlush(new AioChunkedFile(channel, file.getNow(), 0, SIZE))
                                .addListener(ChannelFutureListener.CLOSE);
        AioContext.of(channel.eventLoop())
                .open(path, StandardOpenOption.READ, AioOpenOption.DIRECT)
                .addListener(opened);
    }

    private static Path sparse() throws IOException {
        Path path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "slow", "");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(Pattern.bytes(0, HEAD));
            file.setLength(SIZE);
        }
        return path;
    }

    private long used() {
        return AioBuffers.usedSlabMemory() + memory.metric().usedDirectMemory();
    }

    /** What is encrypted takes the place of what is not: no more is held for a client. */
    @Test
    void withTlsSlowReadersHoldNoMore(@TempDir Path keys) throws Exception {
        SslContext tls = Tls.server(SslProvider.OPENSSL, keys);
        Path path = sparse();
        List<SSLSocket> clients = new ArrayList<>();
        long most = 0;
        try (StreamServer server =
                StreamServer.of(
                        channel -> {
                            channel.pipeline().addLast(tls.newHandler(memory));
                            send(channel, path);
                        })) {
            for (int i = 0; i < TLS_CLIENTS; i++) {
                clients.add(Tls.connect(server.address()));
            }
            byte[] piece = new byte[1024];
            for (int second = 0; second < TLS_SECONDS; second++) {
                for (int i = 0; i < TLS_CLIENTS; i++) {
                    clients.get(i).getInputStream().readNBytes(piece, 0, piece.length);
                    assertThat(piece).isEqualTo(Pattern.bytes(second * 1024L, piece.length));
                }
                most = Math.max(most, used() / TLS_CLIENTS);
                Thread.sleep(1000);
            }
            Length.summary(
                    TLS_CLIENTS + " slow readers with TLS",
                    path.getParent().getFileName().toString(),
                    TLS_SECONDS + " s, at most " + most + " bytes each");
            assertThat(most).isLessThanOrEqualTo(EACH);
        } finally {
            for (SSLSocket client : clients) {
                // Not in order, for which both sides would have to read on.
                client.setSoLinger(true, 0);
                client.close();
            }
            Files.delete(path);
        }
    }

    /** Another client, which is in a hurry: how long it takes for the first bytes, in ms. */
    private static long fast(StreamServer server) throws Exception {
        long began = System.nanoTime();
        try (Socket socket = server.connect()) {
            byte[] head = socket.getInputStream().readNBytes(HEAD);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            assertThat(head).isEqualTo(Pattern.bytes(0, HEAD));
            return millis;
        }
    }

    @Test
    void slowReadersHoldLittleAndStopNobody() throws Exception {
        Path path = sparse();
        try (StreamServer server = StreamServer.of(channel -> send(channel, path))) {
            fast(server);
            long alone = Math.max(fast(server), fast(server));
            List<Long> beside = new ArrayList<>();
            List<Long> each = new ArrayList<>();
            long slabs = 0;
            try (SlowClients clients = new SlowClients(server.address(), CLIENTS)) {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
                for (int second = 0; System.nanoTime() < end || beside.size() < FEWEST; second++) {
                    clients.read();
                    each.add(used() / CLIENTS);
                    slabs = Math.max(slabs, AioBuffers.slabMemory());
                    if (second % 3 == 0) {
                        beside.add(fast(server));
                    }
                    Thread.sleep(1000);
                }
                assertThat(clients.received())
                        .isGreaterThan((long) CLIENTS * SECONDS * RECEIVED_PER_SECOND);
            }
            Collections.sort(beside);
            long most = Collections.max(each);
            long median = beside.get(beside.size() / 2);
            Length.summary(
                    CLIENTS + " slow readers",
                    path.getParent().getFileName().toString(),
                    SECONDS
                            + " s, at most "
                            + most
                            + " bytes each, slabs "
                            + slabs / CLIENTS
                            + " bytes each; "
                            + HEAD / 1024 / 1024
                            + " MiB for another: "
                            + alone
                            + " ms alone, "
                            + median
                            + " beside (median)");
            assertThat(most).isLessThanOrEqualTo(EACH);
            assertThat(slabs / CLIENTS).isLessThanOrEqualTo(EACH);
            // No growth.
            int half = each.size() / 2;
            assertThat(Collections.max(each.subList(half, each.size())))
                    .isLessThanOrEqualTo(Collections.max(each.subList(0, half)) + 16 * 1024);
            assertThat(median).isLessThan(Math.max(1000, 5 * alone));
        } finally {
            Files.delete(path);
        }
    }
}
