// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.Prerequisites;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The promise of the library: nothing that it does stops the loop, however slow the disk. Needs the
 * directory that {@code scripts/slowfs} made, in the system property {@code aionetty.test.slowfs}.
 */
@Timeout(300)
class StallTest {
    private static final String PROPERTY = "aionetty.test.slowfs";
    private static final List<String> FILE_SYSTEMS = List.of("ext4", "xfs", "btrfs");
    private static final String ALL = "";
    private static final int IOPS = 20;
    private static final int ROUNDS = 5;
    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** A disk access takes 50 ms and longer: this is no noise. */
    private static final long BLOCKED_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A lock or a journal may be missed once. */
    private static final int NAIVE_ROUNDS = 2;

    /**
     * Where the kernel blocks a plain use of kernel AIO, every time. On the others it does not, or
     * not every time.
     */
    private static final String BLOCKING =
            """
            16 buffered reads at once | ext4 xfs btrfs
            16 direct reads at once | ext4 xfs btrfs
            16 overwrites at once | ext4 xfs btrfs
            allocate |
            append into space allocated ahead | ext4 xfs btrfs
            append into space allocated ahead while others sync a file | ext4 xfs btrfs
            attributes |
            attributes beneath a directory | ext4 btrfs
            attributes by path | ext4 btrfs
            buffered read | ext4 xfs btrfs
            buffered read during a partial write | ext4 xfs btrfs
            buffered read during an extending write | ext4 xfs btrfs
            buffered read during fsync | ext4 xfs btrfs
            buffered write |
            close of a deleted file | ext4 btrfs
            close of a file |
            close of the context | ext4 xfs
            create | ext4 xfs btrfs
            createDirectory | ext4 xfs btrfs
            delete | ext4 btrfs
            direct read | ext4 xfs btrfs
            direct read during a partial write | ext4 xfs btrfs
            direct read during an extending write | ext4 btrfs
            direct read during fsync | ext4
            direct read just after open | ext4 xfs btrfs
            direct read of a dirty file | ext4 xfs btrfs
            direct read while a dirty file is written back | ext4 xfs btrfs
            direct read while others append to the file and sync it |
            extending write | ext4 xfs btrfs
            fdatasync | ext4 xfs btrfs
            fsync | ext4 xfs btrfs
            large read | ext4 xfs btrfs
            list | ext4 xfs btrfs
            move | ext4 btrfs
            open | ext4 xfs btrfs
            overwrite | ext4 xfs btrfs
            overwrite during buffered write + fdatasync | ext4 btrfs
            overwrite during creates + syncDirectory | ext4 btrfs
            overwrite during fsync | ext4 btrfs
            overwrite during fsync of another file | ext4 btrfs
            overwrite of a dirty page | ext4 xfs btrfs
            overwrite while a partial page is written | ext4 xfs btrfs
            overwrite while space is allocated | btrfs
            overwrite while the file is extended | ext4 btrfs
            overwrite while the file is truncated upwards | btrfs
            size |
            syncDirectory | ext4 xfs btrfs
            truncate | ext4 xfs btrfs
            unaligned read | ext4 xfs btrfs
            unaligned write | ext4 xfs btrfs
            write beyond the end | ext4 btrfs
            write into a hole | ext4 xfs btrfs
            write into allocated space | btrfs
            """;

    @Test
    void nothingStopsTheLoop() throws Exception {
        Results results =
                new StallBench(directory(), FILE_SYSTEMS, ALL, ROUNDS, IOPS).run(() -> {});
        assertThat(results.cells())
                .containsExactlyElementsOf(Cells.all().stream().map(Cell::name).toList());
        List<String> failures = new ArrayList<>();
        for (String cell : results.cells()) {
            for (String fileSystem : FILE_SYSTEMS) {
                long[] stalls = results.sorted(cell, fileSystem);
                assertThat(stalls).as(cell).hasSize(ROUNDS);
                if (stalls[0] >= STALL_NANOS && stopsAgain(cell, fileSystem)) {
                    failures.add(describe(cell, fileSystem, stalls));
                }
            }
        }
        assertThat(failures).isEmpty();
    }

    /** What blocks does so every time; a machine that was busy meanwhile has a second chance. */
    private static boolean stopsAgain(String cell, String fileSystem) throws Exception {
        Results again =
                new StallBench(directory(), List.of(fileSystem), cell, ROUNDS, IOPS).run(() -> {});
        return again.sorted(cell, fileSystem)[0] >= STALL_NANOS;
    }

    @Test
    void plainSubmissionsStopIt() throws Exception {
        Results naive = NaiveRouting.run(directory(), FILE_SYSTEMS, ALL, NAIVE_ROUNDS, IOPS);
        Map<String, List<String>> blocking = blocking();
        assertThat(blocking.keySet()).hasSameElementsAs(naive.cells());
        List<String> failures = new ArrayList<>();
        blocking.forEach(
                (cell, fileSystems) -> {
                    for (String fileSystem : fileSystems) {
                        long[] stalls = naive.sorted(cell, fileSystem);
                        if (stalls[NAIVE_ROUNDS - 1] < BLOCKED_NANOS) {
                            failures.add(describe(cell, fileSystem, stalls));
                        }
                    }
                });
        assertThat(failures).isEmpty();
    }

    private static Map<String, List<String>> blocking() {
        return BLOCKING.lines()
                .map(line -> line.split(" \\|"))
                .collect(
                        toMap(
                                parts -> parts[0],
                                parts ->
                                        FILE_SYSTEMS.stream()
                                                .filter(
                                                        (parts.length > 1 ? parts[1] : "")
                                                                ::contains)
                                                .toList()));
    }

    private static String describe(String cell, String fileSystem, long[] stalls) {
        return fileSystem
                + ", "
                + cell
                + ", longest stalls in µs: "
                + Arrays.toString(
                        Arrays.stream(stalls).map(TimeUnit.NANOSECONDS::toMicros).toArray());
    }

    private static Path directory() {
        String property = System.getProperty(PROPERTY, "");
        Path directory = Path.of(property);
        Prerequisites.require(
                !property.isEmpty() && Files.exists(directory.resolve("ext4.disk")),
                "no " + PROPERTY + ": scripts/slowfs up DIR, as root");
        return directory;
    }
}
