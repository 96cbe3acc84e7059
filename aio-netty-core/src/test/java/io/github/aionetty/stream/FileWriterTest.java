// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioBuffers;
import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.trust.Commands;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams into files. */
@Timeout(60)
class FileWriterTest {
    private static final byte[] OLD = "what was there".getBytes();

    private final TestLoops loops = TestLoops.epoll(1);
    private final EventLoop loop = loops.next();
    private final List<Path> directories = new ArrayList<>();
    private Path target;

    @BeforeEach
    void create() throws IOException {
        target = target(FileSystemsUnderTest.names().get(0));
    }

    private Path target(String fileSystem) throws IOException {
        Path directory =
                Files.createTempDirectory(FileSystemsUnderTest.directory(fileSystem), "writer");
        directories.add(directory);
        return Files.write(directory.resolve("target"), OLD);
    }

    @AfterEach
    void delete() throws IOException {
        loops.close();
        for (Path directory : directories) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    static List<String> fileSystems() {
        return FileSystemsUnderTest.names();
    }

    private static void checkAlone(Path file) throws IOException {
        try (Stream<Path> all = Files.list(file.getParent())) {
            assertThat(all).containsExactly(file);
        }
    }

    private void checkOld() throws IOException {
        assertThat(target).hasBinaryContent(OLD);
        checkAlone(target);
    }

    private static void write(AioFileWriter writer, byte[] content, int most, Random random) {
        for (int from = 0; from < content.length; ) {
            int length = Math.min(1 + random.nextInt(most), content.length - from);
            writer.write(Unpooled.copiedBuffer(content, from, length));
            from += length;
        }
    }

    @ParameterizedTest
    @MethodSource("fileSystems")
    void inWhateverPiecesItComesTheFileIsRight(String fileSystem) throws Exception {
        Path file = target(fileSystem);
        Random random = new Random(5);
        int block = 16 * 1024;
        for (int length :
                new int[] {0, 1, 4095, 4096, block - 1, block, block + 1, 3_000_001, 1 << 22}) {
            for (int most : new int[] {100, 10_000, 300_000}) {
                if (length / most > 10_000) {
                    continue;
                }
                byte[] content = Pattern.bytes(0, length, random.nextInt());
                AioFileWriter writer =
                        AioFileWriter.replacing(loop, file).expectedLength(length).build();
                if (most == 10_000) {
                    TestLoops.run(loop, () -> write(writer, content, most, random));
                } else {
                    write(writer, content, most, random);
                }
                assertThat(get(writer.finish())).isEqualTo(length);
                assertThat(get(writer.future())).isEqualTo(length);
                assertThat(Files.readAllBytes(file)).isEqualTo(content);
                checkAlone(file);
            }
        }
    }

    @Test
    void theOldFileIsThereUntilTheNewOneIsWhole() throws Exception {
        byte[] content = Pattern.bytes(0, 1_000_000);
        AioFileWriter writer = AioFileWriter.replacing(loop, target).build();
        writer.write(Unpooled.wrappedBuffer(content, 0, 999_999));
        TestLoops.run(loop, () -> {});
        assertThat(target).hasBinaryContent(OLD);
        writer.write(Unpooled.wrappedBuffer(content, 999_999, 1));
        get(writer.finish());
        assertThat(target).hasBinaryContent(content);
        checkAlone(target);
    }

    @Test
    void anotherLengthThanExpectedFails() throws Exception {
        AioFileWriter shorter = AioFileWriter.replacing(loop, target).expectedLength(10).build();
        shorter.write(Unpooled.wrappedBuffer(new byte[9]));
        assertThat(failure(shorter.finish()))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("9 < 10");
        checkOld();
        AioFileWriter longer = AioFileWriter.replacing(loop, target).expectedLength(10).build();
        longer.write(Unpooled.wrappedBuffer(new byte[9]));
        longer.write(Unpooled.wrappedBuffer(new byte[2]));
        assertThat(failure(longer.future()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("11 > 10");
        checkOld();
        // What comes after it is thrown away.
        assertThat(longer.write(Unpooled.wrappedBuffer(new byte[1000]))).isTrue();
        longer.finish();
    }

    @Test
    void abortedWheneverNothingIsLeft() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            AioFileWriter writer = AioFileWriter.replacing(loop, target).build();
            write(writer, new byte[random.nextInt(1 + i * 20_000)], 50_000, random);
            if (i % 3 == 0) {
                TestLoops.run(loop, () -> {});
            }
            get(i % 2 == 0 ? writer.abort() : writer.abort(new IOException("no more")));
            assertThat(failure(writer.future()))
                    .isInstanceOf(i % 2 == 0 ? AioClosedException.class : IOException.class);
            checkOld();
            get(writer.abort());
            ByteBuf late = Unpooled.buffer().writeByte(1);
            assertThatThrownBy(() -> writer.write(late)).isInstanceOf(IllegalStateException.class);
            assertThat(late.refCnt()).isZero();
        }
    }

    @Test
    void abortedAfterItsEndItIsThereOrNot() throws Exception {
        byte[] content = Pattern.bytes(0, 300_000);
        for (int i = 0; i < 20; i++) {
            Files.write(target, OLD);
            AioFileWriter writer = AioFileWriter.replacing(loop, target).build();
            writer.write(Unpooled.wrappedBuffer(content));
            Future<Long> finished = writer.finish();
            get(writer.abort());
            if (finished.isSuccess()) {
                assertThat(target).hasBinaryContent(content);
            } else {
                assertThat(target).hasBinaryContent(OLD);
            }
            assertThat(finished.isDone()).isTrue();
            checkAlone(target);
        }
    }

    @Test
    void whatIsThereIsKeptWhereItIsNotToBeReplaced() throws Exception {
        AioFileWriter writer = AioFileWriter.replacing(loop, target).replace(false).build();
        writer.write(Unpooled.wrappedBuffer(new byte[1000]));
        assertThat(failure(writer.finish())).isInstanceOf(FileAlreadyExistsException.class);
        checkOld();
        Files.delete(target);
        AioFileWriter first = AioFileWriter.replacing(loop, target).replace(false).build();
        first.write(Unpooled.wrappedBuffer(new byte[1000]));
        assertThat(get(first.finish())).isEqualTo(1000);
        assertThat(target).hasSize(1000);
        checkAlone(target);
    }

    @Test
    void whatCannotBeMadeFails() throws Exception {
        Path missing = target.resolveSibling("missing").resolve("target");
        AioFileWriter nowhere = AioFileWriter.replacing(loop, missing).build();
        nowhere.write(Unpooled.wrappedBuffer(new byte[1_000_000]));
        assertThat(failure(nowhere.future()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(missing.toString());
        assertThat(nowhere.isWritable()).isTrue();
        get(nowhere.abort());
        Path directory = Files.createDirectory(target.resolveSibling("directory"));
        AioFileWriter onto = AioFileWriter.replacing(loop, directory).build();
        onto.write(Unpooled.wrappedBuffer(new byte[1000]));
        assertThat(failure(onto.finish())).isInstanceOf(IOException.class);
        Files.delete(directory);
        checkOld();
    }

    @Test
    void theLongestNameWillDo() throws Exception {
        Path longest = target.resolveSibling("n".repeat(255));
        AioFileWriter writer =
                AioFileWriter.replacing(
                                loop,
                                longest,
                                PosixFilePermissions.asFileAttribute(
                                        PosixFilePermissions.fromString("rw-------")))
                        .durable(false)
                        .build();
        assertThat(get(writer.finish())).isZero();
        assertThat(longest).isEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(longest)))
                .isEqualTo("rw-------");
    }

    @Test
    void anOpenFileIsWrittenWhereItIsTold() throws Exception {
        byte[] content = Pattern.bytes(0, 1_000_000);
        AioFile file = get(AioContext.of(loop).open(target, StandardOpenOption.WRITE));
        AioFileWriter writer = AioFileWriter.into(file, 5).maxInFlight(2).build();
        write(writer, content, 70_000, new Random(3));
        assertThat(get(writer.finish())).isEqualTo(content.length);
        assertThat(file.isOpen()).isTrue();
        get(file.close());
        byte[] found = Files.readAllBytes(target);
        assertThat(found).startsWith(java.util.Arrays.copyOf(OLD, 5));
        assertThat(java.util.Arrays.copyOfRange(found, 5, found.length)).isEqualTo(content);
    }

    /** The source goes on however slow the disk is, and is told. */
    @Test
    void aDiskThatIsBehindIsWaitedFor() throws Exception {
        AioFile real = get(AioContext.of(loop).open(target, StandardOpenOption.WRITE));
        HeldWrites held = new HeldWrites(real);
        AioFileWriter writer = AioFileWriter.into(held.file, 0).durable(false).build();
        AtomicInteger told = new AtomicInteger();
        writer.onWritable(told::incrementAndGet);
        byte[] piece = Pattern.bytes(0, 10_000);
        AtomicInteger accepted = new AtomicInteger();
        TestLoops.run(
                loop,
                () -> {
                    while (writer.write(Unpooled.wrappedBuffer(piece))) {
                        assertThat(accepted.incrementAndGet()).isLessThan(1000);
                    }
                    assertThat(held.count()).isEqualTo(4);
                    // What is in flight, and what may wait.
                    assertThat(held.bytes()).isLessThan(4 * 256 * 1024);
                    assertThat((accepted.get() + 1) * piece.length - held.bytes())
                            .isBetween(64 * 1024L, 64 * 1024L + piece.length);
                    assertThat(told.get()).isZero();
                    assertThat(writer.isWritable()).isFalse();
                });
        while (told.get() == 0) {
            TestLoops.run(loop, held::release);
        }
        assertThat(writer.isWritable()).isTrue();
        Future<Long> finished = writer.finish();
        while (!finished.isDone()) {
            TestLoops.run(loop, held::release);
        }
        assertThat(told.get()).isEqualTo(1);
        long length = (accepted.get() + 1L) * piece.length;
        assertThat(get(finished)).isEqualTo(length);
        assertThat(target).hasSize(length);
        get(real.close());
    }

    /** So is another thread, which sees only what the loop has done so far. */
    @Test
    void anotherThreadIsToldToo() throws Exception {
        AioFileWriter writer = AioFileWriter.replacing(loop, target).durable(false).build();
        int pieces = 2000;
        byte[] piece = Pattern.bytes(0, 30_000);
        java.util.concurrent.Semaphore room = new java.util.concurrent.Semaphore(0);
        writer.onWritable(room::release);
        int waits = 0;
        for (int i = 0; i < pieces; i++) {
            if (!writer.write(Unpooled.wrappedBuffer(piece))) {
                waits++;
                while (!writer.isWritable()) {
                    assertThat(room.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                }
            }
        }
        assertThat(get(writer.finish())).isEqualTo((long) pieces * piece.length);
        assertThat(waits).isPositive();
        assertThat(target).hasSize((long) pieces * piece.length);
    }

    @Test
    void anAbortWaitsForWhatIsInFlight() throws Exception {
        AioFile real = get(AioContext.of(loop).open(target, StandardOpenOption.WRITE));
        HeldWrites held = new HeldWrites(real);
        AioFileWriter writer = AioFileWriter.into(held.file, 0).build();
        TestLoops.run(loop, () -> writer.write(Unpooled.wrappedBuffer(new byte[1_000_000])));
        Future<Void> gone = writer.abort();
        TestLoops.run(loop, () -> assertThat(held.count()).isEqualTo(4));
        assertThat(gone.isDone()).isFalse();
        assertThat(writer.future().isDone()).isFalse();
        TestLoops.run(loop, held::release);
        get(gone);
        assertThat(failure(writer.future())).isInstanceOf(AioClosedException.class);
        get(real.close());
    }

    @Test
    void aLoopThatEndsInTheMiddleLeavesNothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            long used = AioBuffers.usedSlabMemory();
            AioFileWriter writer;
            CountDownLatch done = new CountDownLatch(1);
            try (TestLoops others = TestLoops.epoll(1)) {
                EventLoop other = others.next();
                writer = AioFileWriter.replacing(other, target).build();
                writer.write(Unpooled.wrappedBuffer(new byte[i * 500_000]));
                if (i % 2 == 0) {
                    TestLoops.run(other, () -> {});
                }
                other.terminationFuture().addListener(ended -> done.countDown());
                other.shutdownGracefully(0, 10, TimeUnit.SECONDS);
                writer.abort();
            }
            done.await();
            org.awaitility.Awaitility.await().until(() -> writer.future().isDone());
            checkOld();
            org.awaitility.Awaitility.await().until(() -> AioBuffers.usedSlabMemory() <= used);
        }
    }

    /** Parts of large buffers do not keep these. */
    @Test
    void smallPiecesThatWaitAreCopied() throws Exception {
        AioFile real = get(AioContext.of(loop).open(target, StandardOpenOption.WRITE));
        HeldWrites held = new HeldWrites(real);
        AioFileWriter writer = AioFileWriter.into(held.file, 0).durable(false).build();
        int pieces = 20_000;
        TestLoops.run(
                loop,
                () -> {
                    writer.write(Unpooled.wrappedBuffer(Pattern.bytes(0, 500_000)));
                    for (int i = 0; i < pieces; i++) {
                        ByteBuf large = Unpooled.buffer(64 * 1024);
                        large.writeBytes(Pattern.bytes(500_000 + i, 1));
                        writer.write(large);
                        assertThat(large.refCnt()).isZero();
                    }
                });
        Future<Long> finished = writer.finish();
        while (!finished.isDone()) {
            TestLoops.run(loop, held::release);
        }
        assertThat(get(finished)).isEqualTo(500_000 + pieces);
        get(real.close());
        assertThat(target).hasBinaryContent(Pattern.bytes(0, 500_000 + pieces));
    }

    @Test
    void aSourceThatNeverWaitsFails() throws Exception {
        for (boolean onLoop : new boolean[] {true, false}) {
            AioFile real = get(AioContext.of(loop).open(target, StandardOpenOption.WRITE));
            HeldWrites held = new HeldWrites(real);
            AioFileWriter writer = AioFileWriter.into(held.file, 0).maxWaiting(1_000_000).build();
            Runnable source =
                    () -> {
                        for (int i = 0; i < 30 && !writer.future().isDone(); i++) {
                            writer.write(Unpooled.wrappedBuffer(new byte[100_000]));
                        }
                    };
            if (onLoop) {
                TestLoops.run(loop, source);
            } else {
                TestLoops.run(
                        loop,
                        () -> {
                            Thread other = new Thread(quietly(source));
                            other.start();
                            try {
                                other.join();
                            } catch (InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        });
            }
            while (!writer.future().isDone()) {
                TestLoops.run(loop, held::release);
            }
            assertThat(failure(writer.future()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("maxWaiting=1000000");
            get(real.close());
        }
    }

    /** Once it has failed nothing more is taken. */
    private static Runnable quietly(Runnable source) {
        return () -> {
            try {
                source.run();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("abort");
            }
        };
    }

    @Test
    void whoCouldNotReadTheOldFileCannotReadTheNewOne() throws Exception {
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-------"));
        AioFileWriter writer = AioFileWriter.replacing(loop, target).build();
        writer.write(Unpooled.wrappedBuffer(new byte[10]));
        get(writer.finish());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
    }

    @Test
    void aDirectoryInItsPlaceIsToldAtTheBeginning() throws Exception {
        Path directory = Files.createDirectory(target.resolveSibling("directory"));
        AioFileWriter writer = AioFileWriter.replacing(loop, directory).build();
        assertThat(failure(writer.future()))
                .isInstanceOf(java.nio.file.FileSystemException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("is a directory");
        Files.delete(directory);
        checkOld();
    }

    @Test
    void aFifoInItsPlaceIsNotReplaced() throws Exception {
        Path fifo = target.resolveSibling("fifo");
        Commands.run("mkfifo", fifo.toString());
        AioFileWriter writer = AioFileWriter.replacing(loop, fifo).build();
        assertThat(failure(writer.future())).hasMessageContaining("is not replaced");
        Files.delete(fifo);
        checkOld();
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> AioFileWriter.replacing(loop, Path.of("/")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("target=/");
        AioFileWriter.Builder builder = AioFileWriter.replacing(loop, target);
        assertThatThrownBy(() -> builder.expectedLength(-1)).hasMessageContaining("=-1");
        assertThatThrownBy(() -> builder.maxInFlight(0)).hasMessageContaining("=0");
        assertThatThrownBy(() -> AioFileWriter.replacing(null, target))
                .isInstanceOf(NullPointerException.class);
    }
}
