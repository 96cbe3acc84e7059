// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.internal.RoutedFiles.BLOCK;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioRoute;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which way writes take, on real files. */
@Timeout(60)
class RoutedWritesTest {
    /** As an overwrite goes that is tried on the loop: xfs refuses the first one of every tick. */
    private static void checkOnLoop(Map<AioRoute, Long> taken) {
        assertThat(taken).containsEntry(AioRoute.NOWAIT, 1L);
        assertThat(taken.keySet()).isSubsetOf(AioRoute.NOWAIT, AioRoute.REFUSED);
    }

    private static void check(Map<AioRoute, Long> taken, AioRoute... routes) {
        assertThat(taken.keySet()).containsExactly(routes);
    }

    /** The first write in a while, to ext4: its inode's block may be on the disk alone. */
    private static void warmUp(RoutedFiles files, AioFile file, long block) {
        files.write(file, block);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void overwritesStayOnTheLoop(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile file = files.direct(files.written(64));
                    Map<AioRoute, Long> first = files.write(file, 3);
                    if (fileSystem.equals("ext4")) {
                        check(first, AioRoute.JOURNAL);
                    } else {
                        checkOnLoop(first);
                    }
                    Map<AioRoute, Long> taken = files.stream(file, 64, 2000);
                    assertThat(taken.keySet())
                            .isSubsetOf(AioRoute.NOWAIT, AioRoute.REFUSED, AioRoute.LEARNED);
                    long refused = taken.getOrDefault(AioRoute.REFUSED, 0L);
                    assertThat(taken.get(AioRoute.NOWAIT) - refused).isGreaterThan(1000);
                    if (fileSystem.equals("ext4")) {
                        assertThat(refused).isLessThan(20);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void aWriteIntoAHoleGoesToAHelperAndTheNextOneThereDoesNot(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    Path path = files.written(4);
                    AioFile file = files.direct(path);
                    get(file.truncate(64 * BLOCK));
                    warmUp(files, file, 0);
                    check(files.write(file, 40), AioRoute.UNMAPPED);
                    checkOnLoop(files.write(file, 40));
                    check(files.write(file, 41), AioRoute.UNMAPPED);
                    get(file.close());
                    AioFile again = files.direct(path);
                    warmUp(files, again, 0);
                    checkOnLoop(files.write(again, 40));
                    check(files.write(again, 39), AioRoute.UNMAPPED);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void aWriteThatExtendsGoesToAHelper(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile file = files.direct(files.written(4));
                    warmUp(files, file, 0);
                    check(files.write(file, 4), AioRoute.UNMAPPED);
                    checkOnLoop(files.write(file, 4));
                    get(file.write(files.zeros(2 * BLOCK), 4 * BLOCK));
                    check(files.taken(), AioRoute.UNMAPPED);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void whatWasCutOffIsNotKnownWhenTheFileGrowsAgain(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile file = files.direct(files.written(64));
                    warmUp(files, file, 0);
                    checkOnLoop(files.write(file, 32));
                    get(file.truncate(10 * BLOCK + 100));
                    get(file.truncate(64 * BLOCK));
                    check(files.write(file, 32), AioRoute.UNMAPPED);
                    check(files.write(file, 10), AioRoute.UNMAPPED);
                    checkOnLoop(files.write(file, 9));
                    checkOnLoop(files.write(file, 32));
                });
    }

    @Test
    void whatIsAllocatedCountsAsWrittenOnXfs() throws Exception {
        RoutedFiles.on(
                "xfs",
                files -> {
                    AioFile file = files.direct(files.written(4));
                    get(file.allocate(4 * BLOCK, 60 * BLOCK));
                    warmUp(files, file, 0);
                    for (int block : new int[] {4, 40, 63}) {
                        checkOnLoop(files.write(file, block));
                    }
                    check(files.write(file, 64), AioRoute.UNMAPPED);
                });
    }

    /** There the first write changes the extent map, and waits for who else does. */
    @Test
    void theFirstWriteIntoAllocatedSpaceOfExt4GoesToAHelper() throws Exception {
        RoutedFiles.on(
                "ext4",
                files -> {
                    Path path = files.written(4);
                    AioFile file = files.direct(path);
                    get(file.allocate(4 * BLOCK, 60 * BLOCK));
                    warmUp(files, file, 0);
                    check(files.write(file, 40), AioRoute.UNMAPPED);
                    checkOnLoop(files.write(file, 40));
                    get(file.close());
                    AioFile again = files.direct(path);
                    warmUp(files, again, 0);
                    checkOnLoop(files.write(again, 40));
                    check(files.write(again, 41), AioRoute.UNMAPPED);
                    checkOnLoop(files.write(again, 41));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void partOfABlockGoesThroughThePageCacheAndTakesItsBlockAlong(String fileSystem)
            throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile file = files.direct(files.written(64));
                    check(files.writePart(file, 7), AioRoute.PAGE_CACHE);
                    checkOnLoop(files.write(file, 6));
                    checkOnLoop(files.write(file, 8));
                    check(files.write(file, 7), AioRoute.UNMAPPED);
                    checkOnLoop(files.write(file, 7));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs", "overlay"})
    void aBufferedFileIsWrittenThroughThePageCache(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile file = files.open(files.written(4));
                    check(files.write(file, 0), AioRoute.PAGE_CACHE);
                    check(files.write(file, 0), AioRoute.PAGE_CACHE);
                    check(files.writePart(file, 9), AioRoute.PAGE_CACHE);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"btrfs", "tmpfs", "overlay"})
    void elsewhereOverwritesAreForHelpers(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile file = files.direct(files.written(64));
                    for (int i = 0; i < 3; i++) {
                        check(files.write(file, i), AioRoute.FILE_SYSTEM);
                    }
                    check(files.stream(file, 64, 100), AioRoute.FILE_SYSTEM);
                    check(files.writePart(file, 7), AioRoute.PAGE_CACHE);
                });
    }

    /** Each write of it is a sync: one that commits the journal, as far as anybody can tell. */
    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void writesThatSyncAreForHelpersWhereTheyMayWaitForTheJournal(String fileSystem)
            throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile file = files.direct(files.written(64), StandardOpenOption.DSYNC);
                    for (int i = 0; i < 3; i++) {
                        Map<AioRoute, Long> taken = files.write(file, i);
                        if (fileSystem.equals("ext4")) {
                            check(taken, AioRoute.JOURNAL);
                        } else {
                            checkOnLoop(taken);
                        }
                    }
                    check(files.write(file, 64), AioRoute.UNMAPPED);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "tmpfs", "overlay"})
    void syncsAreForTheLoop(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile file = files.direct(files.written(4));
                    get(file.fsync());
                    get(file.fdatasync());
                    assertThat(files.taken()).containsExactly(Map.entry(AioRoute.LOOP, 2L));
                });
    }
}
