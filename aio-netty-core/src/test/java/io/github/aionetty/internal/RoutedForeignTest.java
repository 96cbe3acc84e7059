// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.internal.RoutedFiles.BLOCK;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioRoute;
import io.github.aionetty.support.FileSystemsUnderTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others do to a file, and what is no file, as the ways of overwrites show it. */
@Timeout(60)
class RoutedForeignTest {
    private static final int BLOCKS = 64;
    private static final int ATTEMPTS = 10;

    /** Runs a program to its end: its output, or {@code null} where it failed. */
    private static String run(String... command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            FileSystemsUnderTest.require(false, command[0]);
            throw e;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0 ? output.strip() : null;
    }

    /** Makes a block device of a file. */
    private static String attach(Path image) throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String device = run("losetup", "--find");
            if (device != null) {
                if (!Files.exists(Path.of(device))) {
                    // Most containers have no udev, which makes the node elsewhere.
                    run("mknod", device, "b", "7", device.substring("/dev/loop".length()));
                }
                if (run("losetup", device, image.toString()) != null) {
                    return device;
                }
            }
            // Somebody else has taken it in between.
        }
        FileSystemsUnderTest.require(false, "a loop device");
        throw new AssertionError();
    }

    /** As it goes where nothing was forgotten, for the first write in a while. */
    private static void checkKnown(Map<AioRoute, Long> taken) {
        assertThat(taken.keySet()).isSubsetOf(AioRoute.JOURNAL, AioRoute.NOWAIT, AioRoute.REFUSED);
    }

    private static void checkForgotten(Map<AioRoute, Long> taken) {
        assertThat(taken).isEqualTo(Map.of(AioRoute.UNMAPPED, 1L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void aFileThatSomebodyElseHasRewrittenIsLookedUpAnew(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    Path path = files.written(BLOCKS);
                    AioFile file = files.direct(path);
                    AioFile untouched = files.direct(files.written(BLOCKS));
                    try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
                        other.truncate(0);
                        other.write(ByteBuffer.allocate(BLOCKS * BLOCK), 0);
                        other.force(true);
                    }
                    get(file.attributes());
                    get(untouched.attributes());
                    checkForgotten(files.write(file, 5));
                    checkKnown(files.write(untouched, 5));
                    // That helper has looked, and knows the other blocks as well.
                    checkKnown(files.write(file, 6));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void aHoleThatSomebodyElseHasMadeIsNoticedAlsoAmongWritesOfOurs(String fileSystem)
            throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    Path path = files.written(BLOCKS);
                    AioFile file = files.direct(path);
                    files.write(file, 5);
                    get(file.attributes());
                    checkKnown(files.write(file, 5));
                    String punched =
                            run(
                                    "fallocate",
                                    "-p",
                                    "-o",
                                    "0",
                                    "-l",
                                    "" + 8 * BLOCK,
                                    path.toString());
                    FileSystemsUnderTest.require(punched != null, "fallocate -p");
                    get(file.attributes());
                    checkForgotten(files.write(file, 20));
                    checkKnown(files.write(file, 21));
                    checkForgotten(files.write(file, 5));
                    checkKnown(files.write(file, 5));
                    checkForgotten(files.write(file, 6));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void whatSomebodyElseHasCutOffIsSeenByTheSizeAndByTheNextOpen(String fileSystem)
            throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    Path path = files.written(BLOCKS);
                    AioFile file = files.direct(path);
                    files.write(file, 5);
                    try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
                        other.truncate(10 * BLOCK);
                    }
                    assertThat(get(file.size())).isEqualTo(10 * BLOCK);
                    checkForgotten(files.write(file, 20));
                    try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
                        other.truncate(0);
                    }
                    files.direct(path);
                    checkForgotten(files.write(file, 5));
                });
    }

    /** Sets how many requests the queue of a loop device takes: it keeps that when detached. */
    private static String setRequests(String device, String requests) throws IOException {
        String name = Path.of(device).getFileName().toString();
        Path file = Path.of("/sys/block", name, "queue/nr_requests");
        FileSystemsUnderTest.require(Files.isWritable(file), file.toString());
        String before = Files.readString(file).strip();
        Files.writeString(file, requests);
        assertThat(Files.readString(file).strip()).isEqualTo(requests);
        return before;
    }

    @Test
    void blockDevicesShareNothing() throws Exception {
        RoutedFiles.on(
                "ext4",
                files -> {
                    Map<String, String> before = new LinkedHashMap<>();
                    try {
                        for (String requests : List.of("16", "64")) {
                            Path image = files.newPath();
                            Files.write(image, new byte[BLOCKS * BLOCK]);
                            String device = attach(image);
                            before.put(device, "128");
                            before.put(device, setRequests(device, requests));
                        }
                        List<String> devices = List.copyOf(before.keySet());
                        OpenFile small = opened(files, devices.get(0));
                        OpenFile large = opened(files, devices.get(1));
                        assertThat(small.inode.device.pool.lendable()).isEqualTo(14);
                        assertThat(large.inode.device.pool.lendable()).isEqualTo(56);
                        assertThat(small.device).isNotEqualTo(large.device);
                        assertThat(small.inode).isNotSameAs(large.inode);
                        assertThat(opened(files, devices.get(0)).inode).isSameAs(small.inode);
                    } finally {
                        files.closeAll();
                        for (Map.Entry<String, String> device : before.entrySet()) {
                            setRequests(device.getKey(), device.getValue());
                            run("losetup", "--detach", device.getKey());
                        }
                    }
                });
    }

    private static OpenFile opened(RoutedFiles files, String device) {
        return ((DefaultAioFile) files.direct(Path.of(device))).open;
    }

    @Test
    void aBlockDeviceHasNoHoles() throws Exception {
        RoutedFiles.on(
                "ext4",
                files -> {
                    Path image = files.newPath();
                    Files.write(image, new byte[BLOCKS * BLOCK]);
                    String device = attach(image);
                    try {
                        AioFile file = files.direct(Path.of(device));
                        for (int i = 0; i < 5; i++) {
                            assertThat(files.write(file, i)).containsEntry(AioRoute.NOWAIT, 1L);
                        }
                        assertThat(files.read(file, 3)).containsEntry(AioRoute.NOWAIT, 1L);
                        assertThat(files.writePart(file, 3))
                                .isEqualTo(Map.of(AioRoute.PAGE_CACHE, 1L));
                        get(file.close());
                    } finally {
                        run("losetup", "--detach", device);
                    }
                });
    }
}
