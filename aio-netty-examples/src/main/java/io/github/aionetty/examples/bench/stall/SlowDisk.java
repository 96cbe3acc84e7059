// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A file system that {@code scripts/slowfs} made: its disk can be made slow, and itself cold. */
final class SlowDisk implements AutoCloseable {
    private static final int UNMOUNTS = 40;
    private static final int UNMOUNT_MILLIS = 50;

    private final Path directory;
    private final Properties disk = new Properties();
    private final Throttle throttle;
    private final int iops;
    private final Neighbour neighbour;
    private boolean closed;

    /**
     * Takes up what the script wrote.
     *
     * @param root the script's directory
     * @param name the file system
     * @param iops of the slow disk
     */
    SlowDisk(Path root, String name, Throttle throttle, int iops) throws IOException {
        directory = root.resolve(name);
        Path file = root.resolve(name + ".disk");
        if (!Files.exists(file)) {
            throw new IOException(file + " is missing: make it with scripts/slowfs up " + root);
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            disk.load(reader);
        }
        this.throttle = throttle;
        this.iops = iops;
        neighbour = new Neighbour(Path.of(disk.getProperty("outer")), iops);
    }

    /** Where it is mounted. */
    Path directory() {
        return directory;
    }

    /** From now on every access waits for its turn, and has others before it. */
    void slow() throws IOException, InterruptedException {
        synchronized (this) {
            if (closed) {
                return;
            }
            limit(iops);
        }
        neighbour.knock();
    }

    /** From now on the disk is as fast as it can be; what waited goes on. */
    synchronized void fast() throws IOException {
        limit(0);
    }

    private void limit(int now) throws IOException {
        throttle.limit(disk.getProperty("number"), now);
    }

    /**
     * Takes everything of this file system out of memory: data, extent maps, names, inodes; of this
     * one only, so that others can be measured meanwhile. Nothing may be open on it.
     */
    void remount() throws IOException, InterruptedException {
        fast();
        unmount();
        run(
                "mount",
                "-t",
                disk.getProperty("type"),
                "-o",
                disk.getProperty("options"),
                disk.getProperty("inner"),
                directory.toString());
    }

    private void unmount() throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                run("umount", directory.toString());
                return;
            } catch (IOException e) {
                // The kernel lets go of a file some time after its last operation has completed.
                if (attempt == UNMOUNTS) {
                    throw new IOException(e.getMessage() + "; open: " + open(), e);
                }
            }
            Thread.sleep(UNMOUNT_MILLIS);
        }
    }

    /** The files of this process on the file system. */
    private List<Path> open() throws IOException {
        List<Path> open = new ArrayList<>();
        try (DirectoryStream<Path> descriptors =
                Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                Path file = Files.readSymbolicLink(descriptor);
                if (file.startsWith(directory)) {
                    open.add(file);
                }
            }
        }
        return open;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.trim());
        }
    }

    /** Fast for good, whoever still asks for another slow time. */
    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            limit(0);
            neighbour.close();
        }
    }
}
