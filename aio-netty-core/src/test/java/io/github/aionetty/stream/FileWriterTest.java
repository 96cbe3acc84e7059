// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.trust.Commands;
import io.netty.buffer.Unpooled;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams into files. */
@Timeout(60)
class FileWriterTest extends FileWriterFixture {
    static List<String> fileSystems() {
        return FileSystemsUnderTest.names();
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
