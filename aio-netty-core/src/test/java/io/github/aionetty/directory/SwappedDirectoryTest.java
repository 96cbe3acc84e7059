// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.directory;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioDirectory;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFiles;
import io.github.aionetty.internal.DirectoryAccess;
import io.github.aionetty.internal.SweepAccess;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * While files are opened by {@code sub/file}, somebody puts a link that leads out in the place of
 * {@code sub}, and takes it away again. The files differ in size, so that attributes tell, too.
 */
@ParameterizedClass
@MethodSource("io.github.aionetty.support.FileSystemsUnderTest#names")
@Timeout(120)
class SwappedDirectoryTest {
    private static final String INSIDE = "inside";
    private static final String OUTSIDE = "this is outside";
    private static final Path NAME = Path.of("sub/file");
    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final int AT_ONCE = 32;

    @Parameter String fileSystem;

    private Path tree;
    private Path root;
    private TestLoops loops;
    private final AtomicBoolean ends = new AtomicBoolean();
    private Thread swapper;

    /** What came of many tries. */
    private static final class Count {
        int inside;
        int outside;
        int failed;
    }

    @BeforeEach
    void begin() throws IOException {
        tree = Files.createTempDirectory(FileSystemsUnderTest.directory(fileSystem), "swapped");
        root = Files.createDirectory(tree.resolve("root"));
        Files.createDirectory(root.resolve("sub"));
        Files.writeString(root.resolve("sub/file"), INSIDE);
        Files.createDirectory(tree.resolve("outside"));
        Files.writeString(tree.resolve("outside/file"), OUTSIDE);
        Files.createSymbolicLink(root.resolve("link"), Path.of("../outside"));
        loops = TestLoops.epoll(2);
    }

    @AfterEach
    void end() throws Exception {
        ends.set(true);
        if (swapper != null) {
            swapper.join();
        }
        loops.close();
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private void swap() throws IOException {
        Files.move(root.resolve("sub"), root.resolve("away"), StandardCopyOption.ATOMIC_MOVE);
        Files.move(root.resolve("link"), root.resolve("sub"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void swapBack() throws IOException {
        Files.move(root.resolve("sub"), root.resolve("link"), StandardCopyOption.ATOMIC_MOVE);
        Files.move(root.resolve("away"), root.resolve("sub"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void startSwapping() {
        swapper =
                new Thread(
                        () -> {
                            try {
                                while (!ends.get()) {
                                    swap();
                                    swapBack();
                                }
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        swapper.start();
    }

    private interface Opening {
        Future<AioFile> open() throws IOException;
    }

    /** Several at once, until enough have been seen. */
    private static void tryOften(Count count, Opening opening) throws IOException {
        List<Future<AioFile>> all = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            all.add(opening.open());
        }
        for (Future<AioFile> each : all) {
            each.awaitUninterruptibly();
            if (!each.isSuccess()) {
                count.failed++;
                continue;
            }
            AioFile file = each.getNow();
            ByteBuf bytes = get(file.read(0, 100));
            see(count, bytes.toString(StandardCharsets.UTF_8).length());
            bytes.release();
            get(file.close());
        }
    }

    private static void see(Count count, long length) {
        if (length == INSIDE.length()) {
            count.inside++;
        } else {
            count.outside++;
        }
    }

    private void attributesOften(Count count, AioDirectory directory) {
        List<Future<AioFileAttributes>> all = new ArrayList<>();
        get(
                directory
                        .eventLoop()
                        .submit(
                                () -> {
                                    for (int i = 0; i < AT_ONCE; i++) {
                                        all.add(directory.attributes(NAME));
                                    }
                                }));
        for (Future<AioFileAttributes> each : all) {
            each.awaitUninterruptibly();
            if (each.isSuccess()) {
                see(count, each.getNow().size());
            } else {
                count.failed++;
            }
        }
    }

    @Test
    void noByteFromOutsideIsEverRead() throws IOException {
        FileSystemsUnderTest.require(DirectoryAccess.openat2(), "openat2");
        AioDirectory directory = get(AioFiles.of(loops.next()).openDirectory(root));
        assertThat(directory.isRaceFree()).isTrue();
        startSwapping();
        Count files = new Count();
        Count attributes = new Count();
        long began = System.nanoTime();
        while (System.nanoTime() - began < NANOS || files.inside == 0 || attributes.inside == 0) {
            tryOften(files, () -> directory.open(NAME));
            attributesOften(attributes, directory);
            assertThat(System.nanoTime() - began).isLessThan(PATIENCE);
        }
        get(directory.close());
        System.out.printf(
                "swapped on %s: %d files, %d attributes from inside, %d and %d failures%n",
                fileSystem, files.inside, attributes.inside, files.failed, attributes.failed);
        assertThat(files.outside).isZero();
        assertThat(attributes.outside).isZero();
        // The link was seen, too.
        assertThat(files.failed + attributes.failed).isPositive();
    }

    /** What the test above is worth: looking first and then opening fails it. */
    @Test
    void lookingFirstAndThenOpeningReadsIt() throws IOException {
        EventLoop loop = loops.next();
        AioFiles files = AioFiles.of(loop);
        startSwapping();
        Count count = new Count();
        long began = System.nanoTime();
        while (count.outside == 0) {
            tryOften(
                    count,
                    () -> {
                        Future<Path> looked =
                                files.realPath(root.resolve(NAME)).awaitUninterruptibly();
                        Path real = looked.isSuccess() ? looked.getNow() : root.resolve("none");
                        Path found =
                                real.startsWith(root.toRealPath()) ? real : root.resolve("none");
                        return AioContext.of(loop).open(found, LinkOption.NOFOLLOW_LINKS);
                    });
            assertThat(System.nanoTime() - began).isLessThan(PATIENCE);
        }
        assertThat(count.outside).isPositive();
    }

    /** Between looking and opening, every time. */
    @Test
    void withoutTheKernelsHelpItCanBeReadAndIsSaidToBe() throws IOException {
        AtomicBoolean swaps = new AtomicBoolean();
        EventLoop loop = loops.next();
        SweepAccess.build(
                loop,
                Intercepted.kernel(
                        (call, arguments) -> {
                            if (call.equals("open") && swaps.compareAndSet(true, false)) {
                                try {
                                    swap();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            }
                            return null;
                        }),
                io.github.aionetty.AioEngine.KERNEL,
                0,
                1000,
                false);
        AioDirectory directory = get(DirectoryAccess.LINK_BY_LINK.files(loop).openDirectory(root));
        assertThat(directory.isRaceFree()).isFalse();
        swaps.set(true);
        Count count = new Count();
        AioFile file = get(directory.open(NAME));
        ByteBuf bytes = get(file.read(0, 100));
        see(count, bytes.readableBytes());
        bytes.release();
        get(file.close());
        assertThat(count.outside).isEqualTo(1);
        // As soon as it is looked at, it fails.
        assertThat(failure(directory.open(NAME))).hasMessageContaining("EXDEV");
        get(directory.close());
    }
}
