// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.aionetty.examples.bench.ShutdownHooks;
import io.github.aionetty.examples.bench.Size;
import io.github.aionetty.examples.bench.Stamps;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A directory with many files of one stamped block; it goes with whoever made it. */
final class ManyFiles implements AutoCloseable {
    /** What a JVM has open besides. */
    private static final int OTHERS = 200;

    final Path directory;
    private final Thread hook = new Thread(this::delete, "end of the files");
    private boolean ended;

    private ManyFiles(Path directory) {
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Makes them, and has them on the disk. */
    static ManyFiles make(Path parent, int count) throws IOException, InterruptedException {
        long space = Files.getFileStore(parent).getUsableSpace();
        long needed = 2L * count * Stamps.BLOCK;
        if (space < needed) {
            throw new IOException(
                    parent
                            + " has room for "
                            + Size.text(space)
                            + ", and "
                            + count
                            + " files may need "
                            + Size.text(needed)
                            + ": ask for fewer by --max-files, or for another --dir");
        }
        ManyFiles files = new ManyFiles(Files.createTempDirectory(parent, "aio-netty-scale"));
        boolean success = false;
        try {
            ByteBuffer block = ByteBuffer.allocate(Stamps.BLOCK).order(ByteOrder.nativeOrder());
            for (int i = 0; i < count; i++) {
                block.putLong(0, Stamps.at((long) i * Stamps.BLOCK));
                files.write(path(files.directory, i), block.array());
            }
            flush(files.directory);
            success = true;
            return files;
        } finally {
            if (!success) {
                files.close();
            }
        }
    }

    private static Path path(Path directory, int number) {
        return directory.resolve(Integer.toString(number));
    }

    /** The first so many, whoever made them. */
    static List<Path> paths(Path directory, int count) {
        return IntStream.range(0, count).mapToObj(number -> path(directory, number)).toList();
    }

    /** Why a process may not have so many files open; {@code null} if it may. */
    static String refusal(int count) {
        return refusal(
                count,
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os
                        ? os.getMaxFileDescriptorCount()
                        : Long.MAX_VALUE);
    }

    /**
     * As {@link #refusal(int)}, with the limit: the JVM has raised its soft one to the hard one.
     */
    static String refusal(int count, long limit) {
        int needed = count + OTHERS;
        return needed <= limit
                ? null
                : "a process may have "
                        + limit
                        + " files open here; allow more first: ulimit -n "
                        + needed
                        + " (as root, where that is refused), or measure fewer: --max-files "
                        + Math.max(1, limit - OTHERS);
    }

    /** Nobody writes into a directory that is being deleted. */
    private synchronized void write(Path path, byte[] bytes) throws IOException {
        if (ended) {
            throw new IOException("ended meanwhile");
        }
        Files.write(path, bytes);
    }

    /**
     * A file at a time it would take minutes. What is not on the disk, a direct read has to flush.
     */
    private static void flush(Path directory) throws IOException, InterruptedException {
        Process sync =
                new ProcessBuilder("sync", "-f", directory.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (sync.waitFor() != 0) {
            throw new IOException("sync -f " + directory + ": exit code " + sync.exitValue());
        }
    }

    private synchronized void delete() {
        ended = true;
        try {
            if (Files.exists(directory)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
                    for (Path file : files) {
                        Files.delete(file);
                    }
                }
                Files.delete(directory);
            }
        } catch (IOException e) {
            System.err.println("not deleted: " + e);
        }
    }

    @Override
    public void close() {
        delete();
        ShutdownHooks.remove(hook);
    }
}
