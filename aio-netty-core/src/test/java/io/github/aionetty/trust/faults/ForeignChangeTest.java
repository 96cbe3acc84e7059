// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.trust.Commands;
import io.github.aionetty.trust.Length;
import io.github.aionetty.trust.Overlapping;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Another process replaces, removes, cuts and extends a file that is in use. What is read are the
 * bytes of the file that was opened, up to its end, and the size is the one it has.
 */
@Overlapping
@Timeout(600)
class ForeignChangeTest {
    private static final int BYTES = 1 << 20;
    private static final int BLOCK = 4096;
    private static final int RESULTS = 10;

    /** A way to use a file. */
    record Use(String fileSystem, AioEngine engine, List<OpenOption> options) {
        @Override
        public String toString() {
            return fileSystem + ' ' + engine + ' ' + options;
        }
    }

    static List<Use> uses() {
        List<Use> uses = new ArrayList<>();
        OpenOption read = StandardOpenOption.READ;
        OpenOption write = StandardOpenOption.WRITE;
        OpenOption direct = AioOpenOption.DIRECT;
        List<String> fileSystems = new ArrayList<>(FileSystemsUnderTest.names());
        fileSystems.removeAll(List.of("btrfs", "tmpfs", "overlay"));
        for (String fileSystem : fileSystems) {
            for (AioEngine engine : List.of(AioEngine.KERNEL, AioEngine.THREAD_POOL)) {
                uses.add(new Use(fileSystem, engine, List.of(read, write)));
                uses.add(new Use(fileSystem, engine, List.of(read, write, direct)));
                OpenOption ahead = AioOpenOption.ALLOCATE_AHEAD;
                uses.add(new Use(fileSystem, engine, List.of(read, write, direct, ahead)));
            }
        }
        return uses;
    }

    private final byte[] content = Pattern.bytes(0, BYTES);
    private final SplittableRandom random = new SplittableRandom(Length.SEED);

    private interface Body {
        void run(AioFile file, Path path) throws Exception;
    }

    private void with(Use use, Body body) throws Exception {
        Path directory = FileSystemsUnderTest.directory(use.fileSystem);
        Path path = Files.createTempFile(directory, "foreign", ".bin");
        Files.write(path, content);
        boolean kernel = use.engine == AioEngine.KERNEL;
        try (TestLoops loops = kernel ? TestLoops.epoll(1) : TestLoops.nio(1)) {
            AioContext context = AioContext.builder(loops.next()).engine(use.engine).build();
            AioFile file = get(context.open(path, use.options.toArray(OpenOption[]::new)));
            body.run(file, path);
            long size = get(file.size());
            get(file.close());
            // What was allocated ahead is gone, and nothing else.
            if (Files.exists(path)) {
                assertThat(path).hasSize(size);
            }
        } finally {
            Files.deleteIfExists(path);
        }
    }

    /** Each lane has a quarter of the file. */
    private static long at(int lane, int number) {
        return lane * (BYTES / 4L) + number % (BYTES / 4 / BLOCK) * (long) BLOCK;
    }

    private void isContent(Future<?> done, long position, int length) {
        assertThat(done.cause()).isNull();
        ByteBuf read = (ByteBuf) done.getNow();
        try {
            Pattern.check(read, content, (int) position, length);
        } finally {
            read.release();
        }
    }

    private static ByteBuf bytes(long position, int length) {
        return Unpooled.wrappedBuffer(Pattern.bytes(position, length));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void aFileThatIsReplacedAndRemovedIsStillTheOneThatWasOpened(Use use) throws Exception {
        with(
                use,
                (file, path) -> {
                    byte[] others = Pattern.bytes(0, 3 * BLOCK, 7);
                    Path other = Files.write(path.resolveSibling(path.getFileName() + "~"), others);
                    Lanes lanes = new Lanes();
                    lanes.open(
                            "read",
                            n -> file.read(at(0, n), BLOCK),
                            (done, n, after) -> isContent(done, at(0, n), BLOCK));
                    lanes.open(
                            "write",
                            n -> file.write(bytes(at(1, n), BLOCK), at(1, n)),
                            (done, n, after) -> assertThat(done.cause()).isNull());
                    lanes.awaitMore(RESULTS);
                    Commands.run("mv", "-f", other.toString(), path.toString());
                    // The first write of part of a block, for which a direct file opens itself
                    // again.
                    lanes.open(
                            "odd write",
                            n -> file.write(bytes(at(2, n) + 9, 99), at(2, n) + 9),
                            (done, n, after) -> assertThat(done.cause()).isNull());
                    lanes.awaitMore(RESULTS);
                    assertThat(path).hasBinaryContent(others);
                    Commands.run("rm", path.toString());
                    lanes.awaitMore(RESULTS);
                    lanes.stop();
                    get(file.fsync());
                    assertThat(get(file.size())).isEqualTo(BYTES);
                    isContent(file.read(0, BYTES).awaitUninterruptibly(), 0, BYTES);
                    assertThat(path).doesNotExist();
                });
    }

    /** Both at once: lanes that read and write, and a process that cuts and extends. */
    @ParameterizedTest
    @MethodSource("uses")
    void aFileThatIsCutMeanwhileHasItsOwnBytesOrNone(Use use) throws Exception {
        with(
                use,
                (file, path) -> {
                    Lanes lanes = new Lanes();
                    for (int lane = 0; lane < 2; lane++) {
                        int part = lane;
                        lanes.open(
                                "read " + lane,
                                n -> file.read(at(part, n) + part, 3 * BLOCK),
                                (done, n, after) -> isContentOrZero(done, at(part, n) + part));
                    }
                    lanes.open(
                            "write",
                            n -> file.write(bytes(at(2, n), BLOCK), at(2, n)),
                            (done, n, after) -> assertThat(done.cause()).isNull());
                    lanes.open(
                            "odd write",
                            n -> file.write(bytes(at(3, n) + 9, 99), at(3, n) + 9),
                            (done, n, after) -> assertThat(done.cause()).isNull());
                    lanes.open(
                            "size",
                            n -> file.size(),
                            (done, n, after) ->
                                    assertThat((Long) done.getNow()).isBetween(0L, 2L * BYTES));
                    for (int i = 0; i < Length.ROUNDS; i++) {
                        lanes.awaitMore(RESULTS);
                        truncate(path, random.nextInt(BYTES));
                        lanes.awaitMore(RESULTS);
                        truncate(path, BYTES);
                    }
                    lanes.stop();
                    truncate(path, 12_345);
                    hasItsOwnSize(file, path, 12_345);
                });
    }

    private static void truncate(Path path, long size) throws Exception {
        Commands.run("truncate", "-s", Long.toString(size), path.toString());
    }

    private void isContentOrZero(Future<?> done, long position) {
        assertThat(done.cause()).isNull();
        ByteBuf read = (ByteBuf) done.getNow();
        try {
            byte[] found = new byte[read.readableBytes()];
            read.getBytes(read.readerIndex(), found);
            int wrong = 0;
            for (int i = 0; i < found.length; i++) {
                if (found[i] != 0 && found[i] != content[(int) position + i]) {
                    wrong++;
                }
            }
            assertThat(wrong).as("bytes of nobody").isZero();
        } finally {
            read.release();
        }
    }

    /** One after the other: each is followed by what it must lead to. */
    @ParameterizedTest
    @MethodSource("uses")
    void readsEndWhereItWasCutAndWritesBehindLeaveZeros(Use use) throws Exception {
        with(
                use,
                (file, path) -> {
                    for (int i = 0; i < Length.ROUNDS; i++) {
                        byte[] expected = new byte[BYTES];
                        System.arraycopy(content, 0, expected, 0, BYTES);
                        get(file.write(Unpooled.wrappedBuffer(content), 0));
                        int cut = random.nextInt(BYTES / 2);
                        truncate(path, cut);
                        hasItsOwnSize(file, path, cut);
                        ByteBuf read = get(file.read(0, BYTES));
                        Pattern.check(read, content, 0, cut);
                        read.release();
                        ByteBuf behind = get(file.read(cut + 1, BLOCK));
                        assertThat(behind.readableBytes()).isZero();
                        behind.release();
                        // Whole blocks and parts of one, with a gap in front.
                        int whole = (cut / BLOCK + 2 + random.nextInt(9)) * BLOCK;
                        int part = whole + 3 * BLOCK + random.nextInt(BLOCK);
                        get(file.write(bytes(whole, 2 * BLOCK), whole));
                        hasItsOwnSize(file, path, whole + 2 * BLOCK);
                        get(file.write(bytes(part, 777), part));
                        hasItsOwnSize(file, path, part + 777);
                        Arrays.fill(expected, cut, whole, (byte) 0);
                        Arrays.fill(expected, whole + 2 * BLOCK, part, (byte) 0);
                        ByteBuf all = get(file.read(0, BYTES));
                        Pattern.check(all, expected, 0, part + 777);
                        all.release();
                    }
                });
    }

    private static void hasItsOwnSize(AioFile file, Path path, long size) {
        assertThat(get(file.size())).isEqualTo(size);
        assertThat(get(file.attributes()).size()).isEqualTo(size);
    }
}
