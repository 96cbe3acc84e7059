// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.contract;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.support.Pattern;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Size, attributes, and what makes data durable. */
class MetadataContractTest extends AioFileContract {

    @Test
    void truncateCutsTheFileAndExtendsItWithZeros() throws IOException {
        byte[] content = Pattern.bytes(0, 20_000);
        Path path = newFile(content);
        AioFile file = open(path, READ_WRITE);
        for (int size : new int[] {15_000, 8192, 4097, 100}) {
            get(file.truncate(size));
            assertThat(get(file.size())).isEqualTo(size);
            assertThat(path).hasBinaryContent(Arrays.copyOf(content, size));
        }
        get(file.truncate(10_000));
        byte[] extended = Arrays.copyOf(Arrays.copyOf(content, 100), 10_000);
        ByteBuf read = get(file.read(0, 20_000));
        Pattern.check(read, extended, 0, 10_000);
        read.release();
        get(file.truncate(10_000));
        get(file.truncate(0));
        assertThat(get(file.size())).isZero();
        get(file.close());
        assertThat(path).isEmptyFile();
    }

    @Test
    void truncatingToASizeBeyondFourGibibytesWorks() throws IOException {
        Path path = newFile(new byte[1]);
        AioFile file = open(path, READ_WRITE);
        get(file.truncate((5L << 30) + 3));
        assertThat(get(file.size())).isEqualTo((5L << 30) + 3);
        get(file.truncate(1));
        get(file.close());
    }

    @Test
    void allocateGrowsTheFileWithZerosAndNeverShrinksIt() throws IOException {
        byte[] content = Pattern.bytes(0, 1000);
        Path path = newFile(content);
        AioFile file = open(path, READ_WRITE);
        get(file.allocate(0, 500));
        assertThat(get(file.size())).isEqualTo(1000);
        get(file.allocate(900, 100_000));
        assertThat(get(file.size())).isEqualTo(100_900);
        assertThat(path).hasBinaryContent(Arrays.copyOf(content, 100_900));
        byte[] block = Pattern.bytes(0, 8192, 1);
        get(file.write(Unpooled.wrappedBuffer(block), 16_384));
        get(file.allocate(0, 100));
        get(file.close());
        byte[] model = Arrays.copyOf(content, 100_900);
        System.arraycopy(block, 0, model, 16_384, 8192);
        assertThat(path).hasBinaryContent(model);
    }

    @Test
    void truncatesAndWritesOneAfterTheOtherKeepEveryByte() throws IOException {
        Path path = newPath();
        AioFile file = open(path, CREATE);
        byte[] model = new byte[0];
        for (int round = 1; round <= 12; round++) {
            int cut = model.length * 2 / 3;
            get(file.truncate(cut));
            model = Arrays.copyOf(model, cut);
            int position = round % 2 == 0 ? cut : cut + 5000 * round;
            int length = round % 3 == 0 ? 8192 : 3000 + round;
            position = round % 3 == 0 ? (position + 4095) & -4096 : position;
            byte[] bytes = Pattern.bytes(position, length, round);
            get(file.write(Unpooled.wrappedBuffer(bytes), position));
            model = Arrays.copyOf(model, position + length);
            System.arraycopy(bytes, 0, model, position, length);
            assertThat(path).hasBinaryContent(model);
        }
        get(file.close());
    }

    @Test
    void attributesAreThoseThatTheJdkReports() throws IOException {
        Path path = newFile(new byte[12_345]);
        AioFile file = open(path);
        AioFileAttributes attributes = get(file.attributes());
        assertThat(attributes.size()).isEqualTo(12_345);
        assertThat(attributes.inode()).isEqualTo(Files.getAttribute(path, "unix:ino"));
        assertThat(attributes.device()).isEqualTo(Files.getAttribute(path, "unix:dev"));
        assertThat(attributes.lastModifiedTime()).isEqualTo(Files.getLastModifiedTime(path));
        assertThat(attributes.kind()).isEqualTo(AioFileAttributes.Kind.REGULAR_FILE);
        assertThat(attributes.isRegularFile()).isTrue();
        assertThat(attributes.isDirectory()).isFalse();
        assertThat(get(file.size())).isEqualTo(12_345);
        get(file.close());
    }

    @Test
    void attributesFollowTheOpenFileAndNotItsName() throws IOException {
        Path path = newFile(new byte[100]);
        AioFile file = open(path);
        Files.move(path, newPath());
        newFile(new byte[1]);
        assertThat(get(file.attributes()).size()).isEqualTo(100);
        get(file.close());
    }

    @Test
    void syncsSucceedOnFilesOpenedForWritingOrReading() throws IOException {
        Path path = newPath();
        AioFile file = open(path, CREATE);
        get(file.fsync());
        get(file.write(Unpooled.wrappedBuffer(Pattern.bytes(0, 5000)), 0));
        get(file.fdatasync());
        get(file.write(Unpooled.wrappedBuffer(Pattern.bytes(0, 8192)), 0));
        get(file.fsync());
        get(file.close());
        AioFile reader = open(path);
        get(reader.fsync());
        get(reader.fdatasync());
        get(reader.close());
    }
}
