// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file that is measured: one that is made for it and goes with it, or somebody's. */
public final class Target implements AutoCloseable {
    /** So that there are blocks to choose from, and no transfer reaches its end. */
    public static final long LEAST_SIZE = 16 << 20;

    /** The file. */
    public final Path path;

    /** Its size. */
    public final long size;

    /** Whether it was made here, now or earlier: only then it may be written to. */
    public final boolean ours;

    private final Thread hook;

    private Target(Path path, long size, boolean ours, boolean temporary) {
        this.path = path;
        this.size = size;
        this.ours = ours;
        hook = temporary ? new Thread(this::delete, "end of the file") : null;
        if (temporary) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    /**
     * Makes one.
     *
     * @param keep whether it stays when all is done
     */
    public static Target make(Path directory, long size, boolean keep) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("no such directory: " + directory);
        }
        long space = Files.getFileStore(directory).getUsableSpace();
        if (space < size) {
            throw new IOException(
                    directory
                            + " has room for "
                            + Size.text(space)
                            + ", not for "
                            + Size.text(size)
                            + ": ask for less by --size, or for another --dir");
        }
        if (!Files.isWritable(directory)) {
            throw new IOException("no permission to write in " + directory);
        }
        Path path = Files.createTempFile(directory, "aio-netty-raw", ".bench");
        Target target = new Target(path, size, true, !keep);
        try {
            Stamps.write(path, size);
            return target;
        } catch (IOException e) {
            target.delete();
            target.close();
            throw e;
        }
    }

    /** Takes one that is there. */
    public static Target existing(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new IOException("no such file: " + path);
        }
        if (Files.isDirectory(path)) {
            throw new IOException("not a file: " + path + "; --dir makes one in a directory");
        }
        if (!Files.isReadable(path)) {
            throw new IOException("no permission to read " + path);
        }
        long size;
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            size = file.size();
        }
        if (size < LEAST_SIZE) {
            throw new IOException(
                    path + " is too small: " + size + " bytes, not " + Size.text(LEAST_SIZE));
        }
        return new Target(path, size, Stamps.areIn(path, size), false);
    }

    private void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            System.err.println("not deleted: " + e);
        }
    }

    @Override
    public void close() {
        if (hook != null) {
            delete();
            ShutdownHooks.remove(hook);
        }
    }
}
