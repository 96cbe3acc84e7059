// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.internal.RoutedFiles.BLOCK;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.AioRoute;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The first direct transfers of a file system: the kernel makes a workqueue for them, and waits for
 * a thread of it, inside of {@code io_submit}.
 */
@Timeout(60)
class FirstTransfersTest {
    private static final Map<AioRoute, Long> BY_HELPER = Map.of(AioRoute.FILE_SYSTEM, 1L);
    private static final Map<AioRoute, Long> ON_LOOP = Map.of(AioRoute.NOWAIT, 1L);

    /** Of a file system that nobody has used since it was mounted, for all that is known. */
    private static AioFile first(RoutedFiles files, Path path) {
        AioFile file =
                get(
                        files.context.open(
                                path,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                AioOpenOption.DIRECT));
        files.taken();
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void theFirstReadGoesToAHelperAndTheNextOnesDoNot(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    Path path = files.written(4);
                    AioFile file = first(files, path);
                    assertThat(files.read(file, 0)).isEqualTo(BY_HELPER);
                    assertThat(files.read(file, 1)).isEqualTo(ON_LOOP);
                    assertThat(files.read(first(files, path), 2)).isEqualTo(ON_LOOP);
                });
    }

    /** The kernel ends it before it needs anything. */
    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void aReadBehindTheEndIsNone(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile file = first(files, files.written(4));
                    assertThat(files.read(file, 4)).isEqualTo(BY_HELPER);
                    assertThat(files.read(file, 3)).isEqualTo(BY_HELPER);
                    assertThat(files.read(file, 2)).isEqualTo(ON_LOOP);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void theFirstOverwriteGoesToAHelperWhateverWasRead(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile file = first(files, files.written(4));
                    files.read(file, 0);
                    // The first one in a while would go there in any case, on ext4.
                    ((DefaultAioFile) file).open.inode.touch(System.nanoTime());
                    assertThat(files.write(file, 1)).isEqualTo(BY_HELPER);
                    assertThat(files.write(file, 1)).containsEntry(AioRoute.NOWAIT, 1L);
                });
    }

    /** The kernel may wait for its end, and so need nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void aWriteThatExtendsIsNone(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile file = first(files, files.written(4));
                    files.write(file, 4);
                    assertThat(files.write(file, 4)).isEqualTo(BY_HELPER);
                    assertThat(files.write(file, 4)).containsEntry(AioRoute.NOWAIT, 1L);
                });
    }

    /** They leave the kernel as it was. */
    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void bufferedReadsAndPartialWritesAreNone(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    Path path = files.written(4);
                    AioFile buffered = get(files.context.open(path, StandardOpenOption.READ));
                    get(buffered.read(0, BLOCK)).release();
                    AioFile file = first(files, path);
                    files.writePart(file, 0);
                    assertThat(files.read(file, 1)).isEqualTo(BY_HELPER);
                    ((DefaultAioFile) file).open.inode.touch(System.nanoTime());
                    assertThat(files.write(file, 2)).isEqualTo(BY_HELPER);
                });
    }
}
