// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.copy;

import static io.github.aionetty.support.Contents.assertSame;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.support.Pattern;
import io.github.aionetty.trust.Commands;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Holes stay holes, wherever they are. */
@ParameterizedClass
@MethodSource("io.github.aionetty.copy.Between#all")
class CopySparseTest extends CopyContract {
    private static final long GIB = 1L << 30;

    private Path copy(Path source) throws IOException {
        Path target = to.resolve("target");
        Files.deleteIfExists(target);
        get(files.copy(source, target));
        assertThat(Files.size(target)).isEqualTo(Files.size(source));
        long most = space(source) + 256 * 1024;
        assertThat(space(target)).as("space of the copy").isLessThanOrEqualTo(most);
        return target;
    }

    private static void checkPattern(Path file, long position, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            channel.read(bytes, position);
            assertThat(bytes.array()).isEqualTo(Pattern.bytes(position, length));
        }
    }

    @Test
    void holesAtTheStartInTheMiddleAndAtTheEndStay() throws IOException {
        Path source = from.resolve("source");
        write(source, 16 * MIB, 100_000);
        write(source, 40 * MIB + 8192, 3 * MIB);
        write(source, 60 * MIB, 1);
        size(source, 100 * MIB + 17);
        Path target = copy(source);
        assertSame(target, source);
        assertThat(space(target)).isLessThan(10 * MIB);
    }

    @Test
    void aFileThatIsOneHoleTakesNoSpace() throws IOException {
        Path source = Files.createFile(from.resolve("source"));
        size(source, 10 * GIB + 1);
        Path target = copy(source);
        assertThat(space(target)).isLessThan(256 * 1024);
    }

    @Test
    void offsetsBeyond2And4GibAreRight() throws IOException {
        Path source = Files.createFile(from.resolve("source"));
        long[] positions = {2 * GIB - 5000, 4 * GIB - 3000, 6 * GIB + 4096, 9 * GIB + 123};
        for (long position : positions) {
            write(source, position, 10_000);
        }
        size(source, 10 * GIB);
        Path target = copy(source);
        for (long position : positions) {
            checkPattern(target, position, 10_000);
        }
        assertThat(space(target)).isLessThan(4 * MIB);
    }

    @Test
    void hundredsOfExtentsAreTakenWindowByWindow() throws IOException {
        Path source = Files.createFile(from.resolve("source"));
        try (FileChannel channel = FileChannel.open(source, StandardOpenOption.WRITE)) {
            for (int i = 0; i < 700; i++) {
                long position = i * 16_384L;
                channel.write(ByteBuffer.wrap(Pattern.bytes(position, 4096)), position);
            }
        }
        size(source, 700 * 16_384L);
        Path target = copy(source);
        assertSame(target, source);
        assertThat(space(target)).isLessThan(6 * MIB);
    }

    @Test
    void extentsAreSharedWhereTheFileSystemCan() throws IOException {
        Path source = source(12 * MIB);
        Path target = copy(source);
        assertSame(target, source);
        if (between.shares()) {
            Commands.run("sync", "--file-system", target.getParent().toString());
            String extents = Commands.run("filefrag", "-v", target.toString());
            assertThat(extents).contains("shared");
        }
    }
}
