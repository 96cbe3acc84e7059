// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a cell finds on the disk. */
interface Fixture {
    int BLOCK = 4096;

    /** From one extent of a fragmented file to the next: a block of data and one of hole. */
    int STRIDE = 2 * BLOCK;

    /** The extents of a fragmented file. */
    int EXTENTS = 4096;

    /** The extents of a file that is to be deleted: one each round. */
    int FEW_EXTENTS = 512;

    /** A dense file. */
    int DENSE_SIZE = 4 << 20;

    Fixture NONE = (path, contents, rounds) -> {};
    Fixture DENSE = (path, contents, rounds) -> write(path, contents, DENSE_SIZE / STRIDE, STRIDE);
    Fixture FRAGMENTED = (path, contents, rounds) -> fragmented(path, contents, EXTENTS);
    Fixture DIRECTORY = (path, contents, rounds) -> Files.createDirectory(path);

    /** A directory with so many long names that they do not fit into its inode or one block. */
    Fixture NAMES =
            (path, contents, rounds) -> {
                Files.createDirectory(path);
                for (int i = 0; i < 300; i++) {
                    Files.createFile(path.resolve("a-rather-long-name-" + "-".repeat(100) + i));
                }
            };

    /** A directory with a file for every round, to be moved or deleted. */
    Fixture FILES =
            (path, contents, rounds) -> {
                Files.createDirectory(path);
                for (int round = 0; round <= rounds; round++) {
                    fragmented(path.resolve("old-" + round), contents, FEW_EXTENTS);
                }
            };

    /**
     * Makes it.
     *
     * @param path the cell's own
     * @param contents to be told what is in it
     * @param rounds how many rounds there will be after the one to warm up
     */
    void make(Path path, Contents contents, int rounds) throws IOException;

    private static void fragmented(Path path, Contents contents, int extents) throws IOException {
        write(path, contents, extents, BLOCK);
    }

    /** Writes some pieces, each {@link #STRIDE} after the other. */
    private static void write(Path path, Contents contents, int pieces, int length)
            throws IOException {
        Expected expected = contents.of(path);
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int piece = 0; piece < pieces; piece++) {
                long position = (long) piece * STRIDE;
                int seed = expected.write(position, length);
                file.write(ByteBuffer.wrap(Pattern.bytes(position, length, seed)), position);
            }
        }
    }

    /**
     * How many extents the file system says a file has; filefrag's own count leaves out those that
     * lie one after the other on the disk.
     *
     * @see <a href="https://man7.org/linux/man-pages/man8/filefrag.8.html">filefrag(8)</a>
     */
    static long extents(Path path) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("filefrag", "-v", path.toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("filefrag: " + output.trim());
        }
        return output.lines().filter(line -> line.matches(" *\\d+:.*")).count();
    }
}
