// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import com.sun.nio.file.ExtendedOpenOption;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.trust.Commands;
import io.github.aionetty.trust.Teardown;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A disk of which a part can fail, with a file system on it: a loop device on a file in memory,
 * which is cut off where a certain file's data begins. The kernel then reads {@code EIO} there, and
 * writes {@code ENOSPC}, for nothing is left to let the file grow again: as a thinly provisioned
 * volume does whose pool is used up. Everything in front of it goes on working, so that the file
 * system lives, and the page cache answers what it can.
 */
final class ThinDisk implements AutoCloseable {
    private static final int MIB = 1 << 20;
    private static final int BLOCK = 4096;

    /** What mkfs.xfs takes for the least. */
    private static final long BYTES = 320L * MIB;

    /** Where files in the last quarter lie there is nothing else behind them. */
    private static final long LAST_PART = BYTES / 4 * 3;

    private static final int ATTEMPTS = 40;
    private static final Pattern EXTENT =
            Pattern.compile("(?m)^ *\\d+: +\\d+\\.\\. *\\d+: +(\\d+)\\.\\.");

    private final Teardown teardown = new Teardown();
    private final Path home;
    private final Path memory;
    private final Path image;
    private final Path filler;
    private long firstBad = BYTES;

    ThinDisk(String fileSystem) throws IOException {
        FileSystemsUnderTest.require(
                System.getProperty("user.name").equals("root"), "root, for loop devices");
        boolean success = false;
        try {
            home = Files.createTempDirectory("thin");
            teardown.add(() -> Files.delete(home));
            memory = Files.createDirectory(home.resolve("memory"));
            teardown.add(() -> Files.delete(memory));
            long room = BYTES + 16 * MIB;
            mount("tmpfs", Path.of("none"), memory, "size=" + room);
            image = memory.resolve("image");
            filler = memory.resolve("filler");
            format(fileSystem);
            // Sectors as large as the blocks: none of a file's can be half gone.
            Path device = Commands.attach(image, false);
            teardown.add(() -> Commands.detach(device));
            Files.createDirectory(directory());
            teardown.add(() -> Files.delete(directory()));
            mount(fileSystem, device, directory(), "defaults");
            success = true;
        } finally {
            if (!success) {
                close();
            }
        }
    }

    private void mount(String type, Path device, Path at, String options) throws IOException {
        Commands.run("mount", "-t", type, "-o", options, device.toString(), at.toString());
        teardown.add(() -> Commands.patiently("umount", at.toString()));
    }

    private void format(String fileSystem) throws IOException {
        try (RandomAccessFile made = new RandomAccessFile(image.toFile(), "rw")) {
            made.setLength(BYTES);
        }
        String path = image.toString();
        if (fileSystem.equals("ext4")) {
            String now = "lazy_itable_init=0,lazy_journal_init=0";
            Commands.run("mkfs.ext4", "-q", "-F", "-b", "" + BLOCK, "-E", now, path);
        } else {
            Commands.run("mkfs.xfs", "-q", "-f", "-s", "size=" + BLOCK, path);
        }
        // Every block has its memory from now on: only those that are cut off can lack it.
        ByteBuffer piece = ByteBuffer.allocate(MIB);
        try (FileChannel all =
                FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            for (long at = 0; at < BYTES; at += MIB) {
                all.read(piece.clear(), at);
                all.write(piece.flip(), at);
            }
        }
    }

    /** Where the file system is mounted. */
    Path directory() {
        return home.resolve("mounted");
    }

    /**
     * Makes the file whose blocks are going to fail: durable, not in the page cache, and in the
     * last part of the disk.
     */
    Path victim(byte[] content) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Path place = Files.createDirectory(directory().resolve("place" + attempt));
            Path file = writeDirect(place.resolve("victim"), content);
            Commands.run("sync", "--file-system", directory().toString());
            firstBad = firstByte(file);
            if (firstBad >= LAST_PART) {
                return file;
            }
            Commands.run("fallocate", "-l", "16M", place.resolve("ballast").toString());
        }
        throw new IOException("no file lies behind " + LAST_PART);
    }

    private static Path writeDirect(Path file, byte[] content) throws IOException {
        ByteBuffer memory = ByteBuffer.allocateDirect(content.length + BLOCK).alignedSlice(BLOCK);
        memory.put(content).flip();
        try (FileChannel made =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        ExtendedOpenOption.DIRECT)) {
            while (memory.hasRemaining()) {
                made.write(memory);
            }
        }
        return file;
    }

    private static long firstByte(Path file) throws IOException {
        Matcher extents = EXTENT.matcher(Commands.run("filefrag", "-v", file.toString()));
        long first = Long.MAX_VALUE;
        while (extents.find()) {
            first = Math.min(first, Long.parseLong(extents.group(1)) * BLOCK);
        }
        return first;
    }

    /** The blocks of the victim fail from now on. */
    void fail() throws IOException {
        // A write between the two would let the image grow again, and the rest be read as zeros.
        Commands.run("fsfreeze", "--freeze", directory().toString());
        try {
            cut();
        } finally {
            Commands.run("fsfreeze", "--unfreeze", directory().toString());
        }
    }

    private void cut() throws IOException {
        try (FileChannel cut = FileChannel.open(image, StandardOpenOption.WRITE)) {
            cut.truncate(firstBad);
        }
        try (FileChannel rest =
                FileChannel.open(filler, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            // What was cut off comes back little by little.
            for (int full = 0; full < ATTEMPTS; ) {
                full = fill(rest) ? 0 : full + 1;
                Thread.onSpinWait();
            }
        }
    }

    /** False if not a block more was to be had. */
    private static boolean fill(FileChannel file) throws IOException {
        long before = file.size();
        ByteBuffer piece = ByteBuffer.allocate(BLOCK);
        try {
            while (true) {
                file.write(piece.clear());
            }
        } catch (IOException full) {
            return file.size() > before;
        }
    }

    /** They can be written again; what they held is gone. */
    void mend() throws IOException {
        Files.delete(filler);
        try (RandomAccessFile grown = new RandomAccessFile(image.toFile(), "rw")) {
            grown.setLength(BYTES);
        }
    }

    @Override
    public void close() throws IOException {
        teardown.close();
    }
}
