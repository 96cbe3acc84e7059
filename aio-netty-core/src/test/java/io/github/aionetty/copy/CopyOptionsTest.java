// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.copy;

import static io.github.aionetty.support.Contents.assertSame;
import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.trust.Commands;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the options mean, and which errors there are: as {@link Files#copy} has them. */
@ParameterizedClass
@MethodSource("io.github.aionetty.copy.Between#all")
class CopyOptionsTest extends CopyContract {
    private static final StandardCopyOption REPLACE = StandardCopyOption.REPLACE_EXISTING;
    private static final StandardCopyOption ATTRIBUTES = StandardCopyOption.COPY_ATTRIBUTES;
    private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;

    @Test
    void whatIsThereIsReplacedOnlyWhenTold() throws IOException {
        Path source = source(10_000);
        Path target = Files.writeString(to.resolve("target"), "old");
        assertThat(failure(files.copy(source, target)))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessage(target.toString());
        assertThat(target).hasContent("old");
        get(files.copy(source, target, REPLACE));
        assertSame(target, source);
        Files.write(source, new byte[0]);
        assertThat(failure(files.copy(source, target)))
                .isInstanceOf(FileAlreadyExistsException.class);
        get(files.copy(source, target, REPLACE));
        assertThat(target).isEmptyFile();
    }

    @Test
    void emptyDirectoriesAreReplacedAndOthersAreNot() throws IOException {
        Path source = source(10_000);
        Path target = Files.createDirectory(to.resolve("target"));
        Path inside = Files.createFile(target.resolve("inside"));
        assertThat(failure(files.copy(source, target, REPLACE)))
                .isInstanceOf(DirectoryNotEmptyException.class);
        Files.delete(inside);
        get(files.copy(source, target, REPLACE));
        assertSame(target, source);
    }

    @Test
    void theSameFileIsLeftAlone() throws IOException {
        Path source = source(10_000);
        get(files.copy(source, source));
        get(files.copy(source, source, REPLACE));
        Path link = Files.createLink(from.resolve("link"), source);
        get(files.copy(source, link));
        assertThat(Files.readAllBytes(source)).isEqualTo(Pattern.bytes(0, 10_000));
    }

    @Test
    void linksAreFollowedUnlessTheyAreToBeCopied() throws IOException {
        Path source = source(10_000);
        Path link = Files.createSymbolicLink(from.resolve("link"), source);
        get(files.copy(link, to.resolve("followed")));
        assertThat(to.resolve("followed")).isRegularFile().hasSameBinaryContentAs(source);
        get(files.copy(link, to.resolve("copied"), NOFOLLOW));
        assertThat(Files.readSymbolicLink(to.resolve("copied"))).isEqualTo(source);
        get(files.copy(source, to.resolve("plain"), NOFOLLOW));
        assertSame(to.resolve("plain"), source);
    }

    @Test
    void aLinkAsTargetIsReplacedItself() throws IOException {
        Path source = source(10_000);
        Path other = Files.writeString(to.resolve("other"), "other");
        Path target = Files.createSymbolicLink(to.resolve("target"), other);
        assertThat(failure(files.copy(source, target)))
                .isInstanceOf(FileAlreadyExistsException.class);
        get(files.copy(source, target, REPLACE));
        assertThat(Files.isSymbolicLink(target)).isFalse();
        assertSame(target, source);
        assertThat(other).hasContent("other");
    }

    /** They would be waited for, or read until the disk is full. */
    @Test
    void specialFilesAreNeitherCopiedNorReplaced() throws Exception {
        Path fifo = from.resolve("fifo");
        Commands.run("mkfifo", fifo.toString());
        Path target = source(100);
        for (Path special : new Path[] {fifo, Path.of("/dev/zero")}) {
            assertThat(failure(files.copy(special, to.resolve("copy"))))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining(special.toString())
                    .hasMessageContaining("only regular files");
            assertThat(failure(files.copy(special, target, REPLACE)))
                    .isInstanceOf(FileSystemException.class);
        }
        assertThat(target).hasSize(100);
        assertThat(to).isEmptyDirectory();
        assertThat(failure(files.copy(target, fifo, REPLACE)))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is not replaced");
        Files.delete(fifo);
    }

    @Test
    void directoriesAreMadeAnew() throws IOException {
        Path directory = Files.createDirectory(from.resolve("directory"));
        Files.createFile(directory.resolve("inside"));
        get(files.copy(directory, to.resolve("copy")));
        assertThat(to.resolve("copy")).isEmptyDirectory();
    }

    @Test
    void permissionsAreTheSourcesAsTheJdkHasThem() throws IOException {
        for (String permissions : new String[] {"rwxr-x---", "r--r--r--", "rw-rw-rw-"}) {
            Path source = source(20_000);
            Files.setPosixFilePermissions(source, PosixFilePermissions.fromString(permissions));
            Path mine = to.resolve("mine");
            Path theirs = to.resolve("theirs");
            get(files.copy(source, mine));
            Files.copy(source, theirs);
            assertThat(Files.getPosixFilePermissions(mine))
                    .isEqualTo(Files.getPosixFilePermissions(theirs));
            Files.delete(mine);
            Files.delete(theirs);
            Files.delete(source);
        }
    }

    @Test
    void attributesAreCopiedWhenTold() throws IOException {
        for (int size : new int[] {0, 20_000, 9 * MIB}) {
            Path source = source(size);
            Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("r-x-w---x"));
            UserDefinedFileAttributeView own =
                    Files.getFileAttributeView(source, UserDefinedFileAttributeView.class);
            boolean known = own != null;
            try {
                own.write("aio-netty.test", ByteBuffer.wrap(new byte[] {1, 2, 3}));
            } catch (IOException e) {
                known = false;
            }
            FileTime then = FileTime.fromMillis(1_234_567_890_123L);
            Files.setLastModifiedTime(source, then);
            Path target = to.resolve("target");
            get(files.copy(source, target, ATTRIBUTES, REPLACE));
            assertThat(Files.getLastModifiedTime(target)).isEqualTo(then);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                    .isEqualTo("r-x-w---x");
            assertThat(Files.getAttribute(target, "unix:uid"))
                    .isEqualTo(Files.getAttribute(source, "unix:uid"));
            UserDefinedFileAttributeView copied =
                    Files.getFileAttributeView(target, UserDefinedFileAttributeView.class);
            if (known && between.from().equals(between.to())) {
                ByteBuffer value = ByteBuffer.allocate(3);
                copied.read("aio-netty.test", value);
                assertThat(value.array()).containsExactly(1, 2, 3);
            }
            Files.delete(source);
        }
    }

    @Test
    void theOwnerIsCopiedWhereThatIsAllowed() throws IOException {
        FileSystemsUnderTest.require("root".equals(System.getProperty("user.name")), "root");
        Path source = source(20_000);
        Files.setAttribute(source, "unix:uid", 12_345);
        Files.setAttribute(source, "unix:gid", 54_321);
        Files.setAttribute(source, "unix:mode", 04750);
        Path target = to.resolve("target");
        get(files.copy(source, target, ATTRIBUTES));
        assertThat(Files.getAttribute(target, "unix:uid")).isEqualTo(12_345);
        assertThat(Files.getAttribute(target, "unix:gid")).isEqualTo(54_321);
        assertThat((int) Files.getAttribute(target, "unix:mode") & 07777).isEqualTo(04750);
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        Path source = source(10_000);
        Path missing = from.resolve("missing");
        assertThat(failure(files.copy(missing, to.resolve("target"))))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(missing.toString());
        Path nowhere = to.resolve("nowhere").resolve("target");
        assertThat(failure(files.copy(source, nowhere)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(nowhere.toString());
        assertThat(names(to)).isEmpty();
    }

    @Test
    void badArgumentsThrowAtOnce() throws IOException {
        Path source = source(10);
        Path target = to.resolve("target");
        assertThatThrownBy(() -> files.copy(null, target)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> files.copy(source, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> files.copy(source, target, (CopyOption) null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> files.copy(source, target, new CopyOption[0], null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> files.copy(source, target, StandardCopyOption.ATOMIC_MOVE))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aLoopThatHasEndedFailsTheFuture() throws Exception {
        Path source = source(10);
        loops.close();
        assertThat(failure(files.copy(source, to.resolve("target"))))
                .isInstanceOfAny(IllegalStateException.class, AioClosedException.class);
        begin();
    }
}
