// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.StreamServer;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.support.Tls;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ResourceLeakDetector;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files through {@code SslHandler}. */
@Timeout(120)
class TlsStreamTest {
    private static final int SIZE = 64 * 1024 * 1024 + 77;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir Path keys;

    private ResourceLeakDetector.Level level;

    private static void check(InputStream in) throws Exception {
        int piece = 1024 * 1024;
        for (int from = 0; from < SIZE; from += piece) {
            int length = Math.min(piece, SIZE - from);
            assertThat(in.readNBytes(length)).isEqualTo(Pattern.bytes(from, length));
        }
        assertThat(in.read()).isEqualTo(-1);
    }

    private static long allocated(StreamServer server) {
        long[] bytes = new long[1];
        TestLoops.run(
                server.loop(),
                () -> bytes[0] = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()));
        return bytes[0];
    }

    /** Leak tracking takes a stack trace of each step of a buffer. */
    @BeforeEach
    void trackNoBuffers() {
        level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void trackThemAgain() {
        ResourceLeakDetector.setLevel(level);
    }

    @Test
    void openSslIsThere() {
        OpenSsl.ensureAvailability();
    }

    /** With OpenSSL; of the heap, the loop takes some bytes for each chunk. */
    @ParameterizedTest
    @EnumSource(
            value = SslProvider.class,
            names = {"JDK", "OPENSSL"})
    void theSameBytesArriveAndNoneGoOverTheHeap(SslProvider provider) throws Exception {
        Path path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "tls", "");
        Files.write(path, Pattern.bytes(0, SIZE));
        SslContext tls = Tls.server(provider, keys);
        PooledByteBufAllocator memory = new PooledByteBufAllocator(true);
        try (StreamServer server =
                StreamServer.of(
                        channel -> {
                            channel.config().setAllocator(memory);
                            channel.pipeline().addLast(tls.newHandler(memory));
                            Sender.pipeline(
                                            path,
                                            0,
                                            SIZE,
                                            StandardOpenOption.READ,
                                            AioOpenOption.DIRECT)
                                    .accept(channel);
                        })) {
            // The first ones load classes.
            for (int i = 0; i < 3; i++) {
                long before = allocated(server);
                try (Socket socket = Tls.connect(server.address())) {
                    check(socket.getInputStream());
                }
                long perCent = (allocated(server) - before) * 100 / SIZE;
                System.out.printf("%s: heap for %d %% of the bytes%n", provider, perCent);
                if (i > 0) {
                    // SslHandler gives the JDK's engine heap buffers to write to.
                    assertThat(perCent).isLessThan(provider == SslProvider.JDK ? 50 : 5);
                }
            }
            if (provider != SslProvider.JDK) {
                assertThat(memory.metric().usedHeapMemory()).isZero();
            }
        } finally {
            Files.delete(path);
        }
    }
}
