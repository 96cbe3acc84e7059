// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust;

import io.github.aionetty.support.FileSystemsUnderTest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A disk that can lose its power, with a file system on it. From above:
 *
 * <ul>
 *   <li>the file system;
 *   <li>a loop device that writes to the page cache of the device below and, on a flush, has that
 *       written there: the disk's volatile write cache. Linux sends such a disk a flush wherever
 *       durability is promised. What is dirty there too long the kernel writes by itself, in any
 *       order, as disks do, and {@link #destage} does more of that;
 *   <li>a loop device with direct I/O on a file: what it has been given is in the file;
 *   <li>the file, which is the platter, on an XFS of its own, in memory.
 * </ul>
 *
 * <p>A snapshot is a reflink copy of the platter. {@code FICLONE} waits for the writes in flight
 * and keeps others out, so the copy is the platter of one moment ({@code SnapshotTest} watches it).
 * What was in the volatile cache alone is not in it: the power was lost.
 *
 * <p>The cache can be switched off: then all that the disk has completed is on the platter, and
 * what a snapshot can lose is what had not got as far as that.
 */
public final class Disk implements AutoCloseable {
    private static final long STORE_BYTES = 1400L << 20;
    public static final long BYTES = 384L << 20;

    /** What the disk is made of, and who uses it. */
    private final Teardown teardown = new Teardown();

    private final Teardown machine = new Teardown();
    private final String fileSystem;
    private final Path home;
    private final Path store;
    private final Path outer;
    private final Path platter;
    private final Path lower;
    private Path upper;
    private int snapshots;

    /** Without a file system: the device alone. */
    public static Disk blank() throws IOException {
        return new Disk("");
    }

    /** With a file system, mounted. */
    public static Disk with(String fileSystem) throws IOException {
        return new Disk(fileSystem);
    }

    private Disk(String fileSystem) throws IOException {
        this.fileSystem = fileSystem;
        boolean success = false;
        try {
            home = Files.createTempDirectory(FileSystemsUnderTest.directory("tmpfs"), "disk");
            teardown.add(() -> Files.delete(home));
            store = home.resolve("store");
            Path image = sparse(home.resolve("store.img"), STORE_BYTES);
            teardown.add(() -> Files.delete(image));
            outer = attach(image, false, teardown);
            Commands.run("mkfs.xfs", "-q", "-m", "reflink=1", outer.toString());
            mount("xfs", outer, store, teardown);
            platter = sparse(store.resolve("platter"), BYTES);
            lower = attach(platter, false, machine);
            if (!fileSystem.isEmpty()) {
                makeFileSystem();
                writeEveryBlock();
                upper = attach(lower, true, machine);
                mount(fileSystem, upper, directory(), machine);
                if (fileSystem.equals("ext4")) {
                    neverZero();
                }
            }
            success = true;
        } finally {
            if (!success) {
                close();
            }
        }
    }

    /**
     * With what is there: a block that mkfs has had zeroed, as it does with the journal, is one
     * that the platter's file system holds for not written yet.
     */
    private void writeEveryBlock() throws IOException {
        Commands.run(
                "dd",
                "if=" + lower,
                "of=" + lower,
                "iflag=direct",
                "oflag=direct",
                "conv=fsync,notrunc",
                "bs=1M",
                "count=" + (BYTES >> 20));
    }

    /** Nor may ext4 have blocks zeroed later, as it does beside small writes. */
    private void neverZero() throws IOException {
        Path options = Path.of("/sys/fs/ext4").resolve(upper.getFileName());
        Files.writeString(options.resolve("extent_max_zeroout_kb"), "0");
    }

    /** Skips or fails the test where disks cannot be made. */
    public static void require() {
        FileSystemsUnderTest.require(
                System.getProperty("user.name").equals("root"), "root, for loop devices");
    }

    private static Path sparse(Path file, long bytes) throws IOException {
        try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
            made.setLength(bytes);
        }
        return file;
    }

    private static Path attach(Path file, boolean cached, Teardown steps) throws IOException {
        Path device = Commands.attach(file, cached);
        steps.add(() -> Commands.detach(device));
        return device;
    }

    /** Nothing is to be discarded, and no table zeroed later: that makes holes of its blocks. */
    private void makeFileSystem() throws IOException {
        if (fileSystem.equals("ext4")) {
            Commands.run(
                    "mkfs.ext4",
                    "-q",
                    "-F",
                    "-E",
                    "nodiscard,lazy_itable_init=0",
                    lower.toString());
        } else {
            Commands.run("mkfs.xfs", "-q", "-f", "-K", lower.toString());
        }
    }

    private static void mount(String type, Path device, Path at, Teardown steps)
            throws IOException {
        Files.createDirectory(at);
        steps.add(() -> Files.delete(at));
        Commands.run("mount", "-t", type, device.toString(), at.toString());
        steps.add(() -> Commands.patiently("umount", at.toString()));
    }

    /** Where the file system is mounted. */
    public Path directory() {
        return home.resolve("mounted");
    }

    /** The device without the volatile cache. */
    public Path device() {
        return lower;
    }

    /** Whether what was completed and not flushed is lost. */
    public void cached(boolean volatileCache) throws IOException {
        String mode = "--direct-io=" + (volatileCache ? "off" : "on");
        Commands.run("losetup", mode, upper.toString());
    }

    /** Has a part of the volatile cache written to the platter. */
    public void destage(long position, long length) throws IOException {
        String range = "sync_range -w " + position + ' ' + length;
        Commands.run("xfs_io", "-r", "-c", range, lower.toString());
    }

    /** Has everything written, as if no power was ever lost. */
    public void sync() throws IOException {
        Commands.run("sync", "--file-system", directory().toString());
    }

    /** The power is lost, in another world: what remains, while this one goes on. */
    public Snapshot snapshot() throws IOException {
        Path image = platter.resolveSibling("snapshot" + snapshots++);
        Commands.run("cp", "--reflink=always", platter.toString(), image.toString());
        return new Snapshot(image);
    }

    /**
     * From now on no write is answered: the file system of the platter is frozen.
     *
     * @return what ends that
     */
    public Teardown hang() throws IOException {
        Teardown recovery = new Teardown();
        Commands.run("fsfreeze", "--freeze", store.toString());
        recovery.add(() -> Commands.run("fsfreeze", "--unfreeze", store.toString()));
        return recovery;
    }

    /**
     * From now on every write fails with {@code EIO}: the file system of the platter is shut down.
     * Until then the disk must have kept what it was given, so no block may wait for a transaction
     * of that file system: its {@code fsync} may say yes to one that the shutdown has thrown away.
     * So each has been {@link #writeEveryBlock written} before.
     */
    public void fail() throws IOException {
        Commands.run("xfs_io", "-x", "-c", "shutdown", store.toString());
    }

    /** Ends the machine whose disk has failed, and repairs the disk: what is still on it. */
    public Snapshot afterFailure() throws IOException {
        machine.close();
        Commands.patiently("umount", store.toString());
        Commands.run("mount", "-t", "xfs", outer.toString(), store.toString());
        return new Snapshot(platter);
    }

    @Override
    public void close() throws IOException {
        try {
            machine.close();
        } finally {
            teardown.close();
        }
    }

    /** A platter at the moment when the power was lost. */
    public final class Snapshot implements AutoCloseable {
        private final Teardown steps = new Teardown();
        private final Path image;

        private Snapshot(Path image) {
            this.image = image;
            steps.add(() -> Files.delete(image));
        }

        public Path image() {
            return image;
        }

        /** Power is back: mounts it, which recovers from the journal. */
        public Path mount() throws IOException {
            // XFS tells a device with direct I/O on a file that shares blocks to have sectors of
            // 4096.
            Path device = Commands.attach(image, true);
            steps.add(() -> Commands.detach(device));
            Path at = Files.createDirectory(home.resolve(image.getFileName() + ".mounted"));
            steps.add(() -> Files.delete(at));
            // XFS refuses a second file system of the same identity otherwise.
            String options = fileSystem.equals("xfs") ? "nouuid" : "defaults";
            Commands.run(
                    "mount", "-t", fileSystem, "-o", options, device.toString(), at.toString());
            steps.add(() -> Commands.patiently("umount", at.toString()));
            return at;
        }

        @Override
        public void close() throws IOException {
            steps.close();
        }
    }
}
