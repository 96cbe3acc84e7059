// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.Prerequisites;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that stay open between requests. */
@Timeout(60)
class OpenFilesTest {
    @TempDir Path root;

    private TestServer server() throws Exception {
        return new TestServer(root, config -> config.withOpenFiles(4).withDirect(DirectMode.AUTO));
    }

    @Test
    void staysOpenForTheNextOnWhateverLoop() throws Exception {
        Content.file(root.resolve("large"), 600_000);
        Files.writeString(root.resolve("small"), "small");
        try (TestServer server = server()) {
            for (int i = 0; i < 20; i++) { // Connections take turns on the loops.
                assertThat(server.get("/large").body()).isEqualTo(Content.bytes(0, 600_000));
                assertThat(server.get("/small").text()).isEqualTo("small");
            }
            // Large files are open twice once they are popular, past the page cache before.
            assertThat(server.openFiles()).isBetween(2L, 6L);
        }
        assertThat(io.github.aionetty.examples.OpenFiles.below(root)).isZero();
    }

    /** Whether the descriptors of a file say O_DIRECT. */
    private static List<Boolean> direct(Path file) throws IOException {
        List<Boolean> flags = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    if (Files.readSymbolicLink(descriptor).equals(file.toRealPath())) {
                        Path info = Path.of("/proc/self/fdinfo", "" + descriptor.getFileName());
                        String line = Files.readAllLines(info).get(1);
                        int octal = Integer.parseInt(line.split("\\s+")[1], 8);
                        flags.add((octal & 0x4000) != 0);
                    }
                } catch (NoSuchFileException closed) {
                    // It was the one of the listing.
                    continue;
                }
            }
        }
        return flags;
    }

    @Test
    void aPopularLargeFileComesFromThePageCache() throws Exception {
        Prerequisites.direct(root);
        Path popular = Content.file(root.resolve("popular"), 600_000);
        Path once = Content.file(root.resolve("once"), 600_000);
        Path fresh = root.resolve("fresh");
        forget(popular);
        forget(once);
        try (TestServer server = server()) {
            Content.file(fresh, 600_000);
            server.get("/fresh");
            assertThat(direct(fresh)).as("in the page cache, since written").containsExactly(false);
            server.get("/once");
            server.get("/popular");
            assertThat(direct(popular)).containsExactly(true);
            for (int i = 0; i < 5; i++) {
                assertThat(server.get("/popular").body()).isEqualTo(Content.bytes(0, 600_000));
            }
            assertThat(direct(popular)).containsExactlyInAnyOrder(true, false);
            assertThat(direct(once)).containsExactly(true);
        }
        for (DirectMode mode : List.of(DirectMode.ALWAYS, DirectMode.NEVER)) {
            try (TestServer server =
                    new TestServer(root, config -> config.withOpenFiles(4).withDirect(mode))) {
                for (int i = 0; i < 5; i++) {
                    assertThat(server.get("/popular").body()).isEqualTo(Content.bytes(0, 600_000));
                }
                assertThat(direct(popular)).containsExactly(mode == DirectMode.ALWAYS);
            }
        }
    }

    /** Has the page cache let go of a file. */
    private static void forget(Path file) throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true); // Dirty pages stay.
        }
        String name = file.toString();
        new ProcessBuilder("dd", "if=" + name, "iflag=nocache", "count=0", "status=none")
                .inheritIO()
                .start()
                .waitFor();
    }

    @Test
    void neverMoreThanAllowed() throws Exception {
        for (int i = 0; i < 50; i++) {
            Files.writeString(root.resolve("f" + i), "content " + i);
        }
        try (TestServer server = server()) {
            for (int i = 0; i < 50; i++) {
                assertThat(server.get("/f" + i).text()).isEqualTo("content " + i);
            }
            await().untilAsserted(() -> assertThat(server.openFiles()).isLessThanOrEqualTo(4));
        }
    }

    @Test
    void everyChangeIsSeenByTheNextRequest() throws Exception {
        Path file = root.resolve("f");
        try (TestServer server = server()) {
            assertThat(server.get("/f").status()).isEqualTo(404);
            for (int i = 0; i < 100; i++) {
                String content = "content " + i;
                switch (i % 4) {
                    case 0 -> Files.writeString(file, content);
                    case 1 -> {
                        Path other = Files.writeString(root.resolve("other"), content);
                        // With the time of the old one, as rsync leaves it.
                        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
                        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
                    }
                    case 2 -> {
                        Files.delete(file);
                        assertThat(server.get("/f").status()).isEqualTo(404);
                        Files.writeString(file, content);
                    }
                    default -> {
                        Files.writeString(file, " and more", StandardOpenOption.APPEND);
                        content = "content " + (i - 1) + " and more";
                    }
                }
                assertThat(server.get("/f").text()).as("change %d", i).isEqualTo(content);
                assertThat(server.get("/f").text()).as("change %d", i).isEqualTo(content);
            }
        }
    }

    @Test
    void isClosedWhenNobodyAsks() throws Exception {
        Path path = Files.writeString(root.resolve("f"), "content");
        MultiThreadIoEventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        EventLoop loop = loops.next();
        EventLoop other = loops.next();
        long[] now = {Long.MAX_VALUE - 1000};
        FileCache cache = new FileCache(10, () -> now[0]);
        AioFile file = AioContext.of(loop).open(path).get();
        AioFileAttributes attributes = file.attributes().get();
        cache.offer(null, "f", false, file, attributes);
        file.close().sync();

        AioFile taken = cache.take(null, "f", false, attributes, other);
        assertThat(taken.context().eventLoop()).isSameAs(other);
        assertThat(taken.size().get()).isEqualTo(7);
        assertThat(cache.take(null, "f", true, attributes, other)).isNull();
        assertThat(cache.take(null, "g", false, attributes, other)).isNull();

        now[0] += FileCache.IDLE_NANOS + 1;
        cache.sweep();
        assertThat(cache.size()).isZero();
        assertThat(taken.size().get()).as("whoever uses it goes on").isEqualTo(7);
        taken.close().sync();
        await().until(() -> io.github.aionetty.examples.OpenFiles.below(root) == 0);

        file = AioContext.of(loop).open(path).get();
        cache.offer(null, "f", false, file, attributes);
        AioFileAttributes changed =
                new AioFileAttributes(
                        attributes.size(),
                        FileTime.from(1, TimeUnit.NANOSECONDS),
                        attributes.inode(),
                        attributes.device(),
                        attributes.kind());
        assertThat(cache.take(null, "f", false, changed, loop)).isNull();
        assertThat(cache.size()).isZero();

        cache.offer(null, "f", false, file, attributes);
        for (int i = 0; i < 5; i++) { // Used all the time, and looked at again all the same.
            now[0] += FileCache.AGE_NANOS / 4;
            AioFile again = cache.take(null, "f", false, attributes, loop);
            assertThat(again == null).isEqualTo(i == 4);
            if (again != null) {
                again.close();
            }
        }
        cache.offer(null, "f", false, file, attributes);
        cache.close();
        cache.offer(null, "f", false, file, attributes);
        assertThat(cache.size()).isZero();
        file.close().sync();
        await().until(() -> io.github.aionetty.examples.OpenFiles.below(root) == 0);
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }
}
