// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.contract;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.Pattern;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How files are opened. */
class OpenContractTest extends AioFileContract {

    @Test
    void withoutOptionsAFileIsOpenedForReadingOnly() throws IOException {
        Path path = newFile(new byte[] {1, 2, 3});
        AioFile file = open(path);
        assertThat(file.path()).isEqualTo(path);
        assertThat(file.context()).isSameAs(context);
        assertThat(file.isOpen()).isTrue();
        ByteBuf src = Unpooled.directBuffer().writeByte(9);
        assertThat(failure(file.write(src, 0)))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("EBADF")
                .hasMessageContaining("WRITE");
        assertThat(src.refCnt()).isZero();
        assertThat(failure(file.truncate(0))).isInstanceOf(IOException.class);
        get(file.close());
        assertThat(path).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void aFileOpenedForWritingAloneCannotBeRead() throws IOException {
        AioFile file = open(newFile(new byte[8192]), StandardOpenOption.WRITE);
        assertThat(failure(file.read(0, 4096)))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("EBADF")
                .hasMessageContaining("READ");
        byte[] block = Pattern.bytes(0, 4096);
        assertThat(get(file.write(Unpooled.wrappedBuffer(block), 4096))).isEqualTo(4096);
        assertThat(get(file.write(Unpooled.wrappedBuffer(block, 0, 7), 1))).isEqualTo(7);
        get(file.close());
    }

    @Test
    void createMakesAFileAndKeepsOneThatIsThere() throws IOException {
        Path path = newPath();
        get(open(path, CREATE).close());
        assertThat(path).isEmptyFile();
        Files.write(path, new byte[10]);
        get(open(path, CREATE).close());
        assertThat(path).hasSize(10);
    }

    @Test
    void createNewRefusesAFileThatIsThere() throws IOException {
        Path path = newFile(new byte[10]);
        List<Path> paths = List.of(path, newPath());
        List<Throwable> failures = new ArrayList<>();
        for (Path each : paths) {
            Future<AioFile> opened =
                    context.open(
                            each,
                            subject.options(
                                    StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
            failures.add(opened.awaitUninterruptibly().cause());
        }
        assertThat(failures.get(0))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining(path.toString());
        assertThat(failures.get(1)).isNull();
        assertThat(path).hasSize(10);
        assertThat(paths.get(1)).isEmptyFile();
    }

    @Test
    void aMissingFileFails() {
        Path path = newPath();
        assertThat(failure(context.open(path, subject.options(READ))))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(path.toString());
    }

    @Test
    void truncateExistingEmptiesTheFile() throws IOException {
        Path path = newFile(new byte[5000]);
        AioFile file = open(path, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(get(file.size())).isZero();
        get(file.close());
        assertThat(path).isEmptyFile();
    }

    @Test
    void createAndTruncateMeanNothingToAReader() throws IOException {
        Path path = newFile(new byte[10]);
        get(open(path, StandardOpenOption.READ, StandardOpenOption.TRUNCATE_EXISTING).close());
        assertThat(path).hasSize(10);
        Path missing = newPath();
        assertThat(
                        failure(
                                context.open(
                                        missing,
                                        subject.options(
                                                StandardOpenOption.READ,
                                                StandardOpenOption.CREATE))))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void deleteOnCloseLeavesNoName() {
        Path path = newPath();
        AioFile file =
                open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE);
        get(file.write(Unpooled.wrappedBuffer(Pattern.bytes(0, 5000)), 0));
        ByteBuf read = get(file.read(0, 6000));
        Pattern.check(read, Pattern.bytes(0, 5000), 0, 5000);
        read.release();
        get(file.close());
        assertThat(path).doesNotExist();
    }

    @Test
    void permissionsAreThoseAskedForUnderTheUmask() throws IOException {
        Path path = newPath();
        Set<PosixFilePermission> asked = PosixFilePermissions.fromString("rw-r-----");
        FileAttribute<?> attribute = PosixFilePermissions.asFileAttribute(asked);
        get(open(path, List.of(CREATE), attribute).close());
        assertThat(Files.getPosixFilePermissions(path)).isSubsetOf(asked);
        Path byTheJdk = newPath();
        Files.createFile(byTheJdk, attribute);
        assertThat(Files.getPosixFilePermissions(path))
                .isEqualTo(Files.getPosixFilePermissions(byTheJdk));
        assertThatThrownBy(
                        () -> context.open(newPath(), Set.of(CREATE), new Attribute("unix:uid", 0)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("unix:uid");
    }

    private record Attribute(String name, Integer value) implements FileAttribute<Integer> {}

    @Test
    void symbolicLinksAreFollowedUnlessToldOtherwise() throws IOException {
        Path link = newPath("link");
        Files.createSymbolicLink(link, newFile(new byte[7]));
        AioFile file = open(link);
        assertThat(get(file.size())).isEqualTo(7);
        get(file.close());
        assertThat(failure(context.open(link, subject.options(LinkOption.NOFOLLOW_LINKS))))
                .isInstanceOf(AioException.class)
                .hasMessageContaining("ELOOP")
                .hasMessageContaining("NOFOLLOW_LINKS");
    }

    @Test
    void anyNameThatTheFileSystemTakesCanBeOpened() throws IOException {
        for (String name : List.of("with space", "100%25", "a+b&c#d?e", "ünï-日本", "quote\"'")) {
            Path path = Files.write(newPath(name), name.getBytes("UTF-8"));
            AioFile file = open(path);
            assertThat(get(file.size())).as(name).isEqualTo(name.getBytes("UTF-8").length);
            get(file.close());
        }
    }

    @Test
    void directFilesTellTheirAlignmentAndOthersNeedNone() throws IOException {
        AioFile file = open(newFile(new byte[1]), READ_WRITE);
        assertThat(file.isDirect()).isEqualTo(subject.direct());
        if (subject.direct()) {
            assertThat(Integer.bitCount(file.readAlignment())).isEqualTo(1);
            assertThat(Integer.bitCount(file.memoryAlignment())).isEqualTo(1);
            assertThat(Integer.bitCount(file.writeAlignment())).isEqualTo(1);
            assertThat(file.readAlignment()).isLessThanOrEqualTo(4096);
            assertThat(file.writeAlignment()).isGreaterThanOrEqualTo(4096);
        } else {
            assertThat(file.readAlignment()).isEqualTo(1);
            assertThat(file.writeAlignment()).isEqualTo(1);
            assertThat(file.memoryAlignment()).isEqualTo(1);
        }
        get(file.close());
    }
}
