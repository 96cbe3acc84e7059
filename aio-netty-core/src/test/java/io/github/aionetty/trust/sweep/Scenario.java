// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

import static io.github.aionetty.support.BufferKind.ALIGNED;
import static io.github.aionetty.support.BufferKind.COMPOSITE;
import static io.github.aionetty.support.BufferKind.HEAP;
import static io.github.aionetty.support.BufferKind.ODD_DIRECT;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioDirectory;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.OpenFlags;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A life with files, of a context from its making to its end. Its files are its own. What several
 * of them call in the same way fails in one of them only, unless the sweep is the full one.
 */
enum Scenario {
    /** Direct, completions from the kernel's ring. */
    DIRECT {
        @Override
        void live(Life life) throws IOException {
            AioContext context = life.context(AioEngine.KERNEL, 64);
            if (context != null) {
                work(life, context, true);
            }
        }
    },

    /** Direct, completions by io_getevents. */
    FETCHED(Fault.EVENT, "ioGetEvents", "ioSubmit") {
        @Override
        boolean fetchesEvents() {
            return true;
        }

        @Override
        void live(Life life) throws IOException {
            AioContext context = life.context(AioEngine.KERNEL, 0);
            if (context != null) {
                work(life, context, true);
            }
        }
    },

    /** Through the page cache, completions by io_getevents; before Linux 6.5. */
    BUFFERED {
        @Override
        boolean fetchesEvents() {
            return true;
        }

        @Override
        void live(Life life) throws IOException {
            life.kernel.lackCachestat();
            AioContext context = life.context(AioEngine.AUTO, 0);
            if (context != null) {
                work(life, context, false);
            }
        }
    },

    /** Helper threads, direct. */
    POOL {
        @Override
        void live(Life life) throws IOException {
            work(life, life.context(AioEngine.THREAD_POOL, 0), true);
        }
    },

    /** Helper threads, through the page cache. */
    POOL_BUFFERED("pread", "pwrite", "fsync", "fdatasync") {
        @Override
        void live(Life life) throws IOException {
            work(life, life.context(AioEngine.THREAD_POOL, 0), false);
        }
    },

    /** Direct, completions from a ring in memory that says what it is told to. */
    FORGED(Fault.EVENT) {
        @Override
        boolean forgesRing() {
            return true;
        }

        @Override
        void live(Life life) throws IOException {
            DIRECT.live(life);
        }
    },

    /** A new file that grows in space allocated ahead, and is opened again. */
    AHEAD {
        @Override
        void live(Life life) throws IOException {
            AioContext context = life.context(AioEngine.KERNEL, 0);
            if (context == null) {
                return;
            }
            FileModel model = life.file("ahead", AHEAD_LIMIT);
            AioFile file =
                    life.open(
                            context,
                            model.path,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            AioOpenOption.DIRECT,
                            AioOpenOption.ALLOCATE_AHEAD);
            if (file == null) {
                Files.deleteIfExists(model.path);
                life.forget(model);
                return;
            }
            for (int i = 0; i < 3; i++) {
                life.write(file, model, ALIGNED, i * 65_536, 65_536, i);
                life.settle();
            }
            life.write(file, model, HEAP, 3 * 65_536, 1001, 4);
            life.settle();
            life.size(file, model);
            life.read(file, model, 190_000, 100_000);
            life.fdatasync(file);
            life.settle();
            life.mayKeep(model, AHEAD_LIMIT);
            life.close(file);
            life.settle();
            AioFile again = life.open(context, model.path, WRITE_AHEAD);
            if (again == null) {
                return;
            }
            life.write(again, model, HEAP, 200_000, 10_000, 5);
            life.settle();
            life.truncate(again, model, 150_000);
            life.settle();
            life.attributes(again, model);
            life.settle();
            life.write(again, model, ALIGNED, 151_552, 4096, 6);
            life.settle();
            life.mayKeep(model, AHEAD_LIMIT);
            life.close(again);
        }
    },

    /** The same with completions from a ring that says what it is told to. */
    AHEAD_FORGED(Fault.EVENT) {
        @Override
        boolean forgesRing() {
            return true;
        }

        @Override
        void live(Life life) throws IOException {
            AHEAD.live(life);
        }
    },

    /** Somebody was killed who had allocated ahead: what he left is given back, and no more. */
    LEFT_BEHIND {
        @Override
        boolean runsOn(String fileSystem) {
            // Elsewhere nothing is allocated ahead.
            return fileSystem.equals("ext4") || fileSystem.equals("xfs");
        }

        @Override
        void live(Life life) throws IOException {
            FileModel model = leftBehind(life);
            AioContext context = life.context(AioEngine.AUTO, 0);
            if (context == null) {
                return;
            }
            AioFile file = life.open(context, model.path, WRITE_AHEAD);
            if (file == null) {
                return;
            }
            life.size(file, model);
            life.read(file, model, 60_000, 100_000);
            life.settle();
            life.close(file);
        }
    },

    /** One file on two loops; and one that is deleted on close. */
    TWO_LOOPS {
        @Override
        boolean fetchesEvents() {
            return true;
        }

        @Override
        void live(Life life) throws IOException {
            AioContext context = life.context(0, AioEngine.KERNEL, 32);
            AioContext other = context == null ? null : life.context(1, AioEngine.KERNEL, 32);
            if (other == null) {
                return;
            }
            FileModel model = existing(life, "shared", 40_000, 200_000);
            AioFile file = life.open(context, model.path, WRITE_DIRECT);
            if (file == null) {
                return;
            }
            AioFile second = file.on(life.loop(1));
            life.read(file, model, 0, 20_000);
            life.read(second, model, 10_000, 40_000);
            life.settle();
            life.write(file, model, ALIGNED, 4096, 4096, 1);
            life.write(second, model, ODD_DIRECT, 9000, 300, 2);
            life.write(second, model, ALIGNED, 40_960, 8192, 3);
            life.settle();
            life.close(file);
            life.settle();
            life.fsync(second);
            life.read(second, model, 0, 100_000);
            life.settle();
            life.close(second);
            FileModel temporary = life.file("temporary", 10_000);
            life.forget(temporary);
            AioFile gone =
                    life.open(
                            other,
                            temporary.path,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
            if (gone != null) {
                life.write(gone, temporary, HEAP, 0, 5000, 1);
                life.settle();
                life.read(gone, temporary, 0, 10_000);
                life.settle();
                life.close(gone);
            }
        }
    },

    /** Names beneath a directory. */
    BENEATH("open", "openat2", "statusAt", "statx", "close") {
        @Override
        void live(Life life) throws IOException {
            AioContext context = life.context(AioEngine.KERNEL, 0);
            if (context == null) {
                return;
            }
            FileModel model = existing(life, "beneath", 20_000, 30_000);
            AioDirectory directory = life.openDirectory(life.directory);
            if (directory == null) {
                return;
            }
            life.attributes(directory, model, true);
            life.attributes(directory, model, false);
            life.settle();
            AioFile file = life.open(directory, model, WRITE_DIRECT);
            if (file != null) {
                life.write(file, model, ALIGNED, 4096, 4096, 1);
                life.settle();
                life.close(file);
            }
            AioDirectory same = life.openDirectory(directory);
            if (same != null) {
                life.attributes(same, model, true);
                life.settle();
                life.close(same);
            }
            life.close(directory);
        }
    },

    /** A transfer larger than a slab. */
    LARGE("mmapSlab", "munmap", "ioSubmit") {
        @Override
        void live(Life life) throws IOException {
            AioContext context = life.context(AioEngine.KERNEL, 0);
            if (context == null) {
                return;
            }
            int size = 2_200_000;
            FileModel model = existing(life, "large", size, size + 8192);
            AioFile file = life.open(context, model.path, WRITE_DIRECT);
            if (file == null) {
                return;
            }
            life.read(file, model, 1, size);
            life.settle();
            life.readInto(file, model, ALIGNED, 0, size);
            life.settle();
            life.close(file);
        }
    },

    /** An io_submit takes long: whether it has slept is asked for. */
    STALLED("voluntarySwitches", "ioSubmit") {
        @Override
        void live(Life life) throws IOException {
            life.kernel.stall();
            AioContext context = life.context(AioEngine.KERNEL, 0);
            if (context == null) {
                return;
            }
            FileModel model = existing(life, "stalled", 20_000, 30_000);
            AioFile file = life.open(context, model.path, WRITE_DIRECT);
            if (file == null) {
                return;
            }
            for (int i = 0; i < 4; i++) {
                life.read(file, model, i * 4096, 4096);
                life.settle();
                life.fdatasync(file);
                life.settle();
            }
            life.close(file);
        }
    },

    /** Files with holes are copied: a small one, and a large one over another. */
    COPY(
            "ficlone",
            "renameNew",
            "open",
            "statx",
            "ftruncate",
            "lseek",
            "close",
            "mmapSlab",
            "ioSubmit",
            Fault.EVENT) {
        @Override
        boolean fetchesEvents() {
            return true;
        }

        @Override
        boolean getsOver(String call, Kind kind) {
            return switch (call) {
                // What is missing for the moment is waited for.
                case "ftruncate", "ioSubmit", Fault.EVENT ->
                        kind == Kind.ENOMEM || kind == Kind.EAGAIN;
                case "statx" -> kind == Kind.ENOMEM || kind == Kind.EAGAIN || kind == Kind.EINVAL;
                // As of a file system without direct I/O.
                case "open" -> kind == Kind.EINVAL;
                // There it is linked.
                case "renameNew" -> kind == Kind.EINVAL;
                // Where holes are not known all of it is moved; with the source nothing is lost.
                case "lseek", "close" -> true;
                default -> false;
            };
        }

        @Override
        void live(Life life) throws IOException {
            AioContext context = life.context(AioEngine.KERNEL, 0);
            if (context != null) {
                life.copy("small", 300_000, false);
                life.copy("large", 9 << 20, true);
            }
        }
    },

    /** A context is closed with work under way, and with files open. */
    CLOSED_BUSY {
        @Override
        void live(Life life) throws IOException {
            AioContext context = life.context(AioEngine.KERNEL, 0);
            if (context != null && busy(life, context)) {
                life.close(context);
            }
        }
    },

    /** A loop ends with work under way, completions from the ring. */
    LOOP_ENDS {
        @Override
        boolean endsLoops() {
            return true;
        }

        @Override
        void live(Life life) throws IOException {
            AioContext context = life.context(AioEngine.KERNEL, 0);
            if (context != null && busy(life, context)) {
                life.shutDown(0);
            }
        }
    },

    /** A loop ends with work under way, completions by io_getevents. */
    LOOP_ENDS_FETCHED(Fault.EVENT, "ioGetEvents", "ioSubmit", "ioDestroy") {
        @Override
        boolean fetchesEvents() {
            return true;
        }

        @Override
        boolean endsLoops() {
            return true;
        }

        @Override
        void live(Life life) throws IOException {
            LOOP_ENDS.live(life);
        }
    };

    /** Whether completions are taken by io_getevents, and so can be forged. */
    boolean fetchesEvents() {
        return false;
    }

    /** Whether the ring is one in memory; then only completions fail, the rest does elsewhere. */
    boolean forgesRing() {
        return false;
    }

    boolean seesEvents() {
        return fetchesEvents() || forgesRing();
    }

    boolean endsLoops() {
        return false;
    }

    /** Whether the life goes on as if a call had not failed so. */
    boolean getsOver(String call, Kind kind) {
        return false;
    }

    /** Whether it means anything on a file system of that type. */
    boolean runsOn(String fileSystem) {
        return true;
    }

    /** The calls that it was made for; empty if that is all. */
    private final Set<String> calls;

    Scenario(String... calls) {
        this.calls = Set.of(calls);
    }

    /** Whether a call is to fail in this scenario; in the full sweep every one does. */
    boolean sweeps(String call, boolean full) {
        return calls.isEmpty() || calls.contains(call) || (full && !forgesRing());
    }

    abstract void live(Life life) throws IOException;

    /** What the library allocates ahead of the data of {@link #AHEAD}, and more. */
    static final int AHEAD_LIMIT = 2 << 20;

    static final OpenOption[] WRITE = {StandardOpenOption.READ, StandardOpenOption.WRITE};
    static final OpenOption[] WRITE_DIRECT = {
        StandardOpenOption.READ, StandardOpenOption.WRITE, AioOpenOption.DIRECT
    };

    static final OpenOption[] WRITE_AHEAD = {
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        AioOpenOption.DIRECT,
        AioOpenOption.ALLOCATE_AHEAD
    };

    /** A file that is there, and whose blocks have their places. */
    static FileModel existing(Life life, String name, int size, int limit) throws IOException {
        FileModel model = life.file(name, limit).with(FileModel.content(0, size, 0));
        try (FileChannel channel = FileChannel.open(model.path, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
        return model;
    }

    static void work(Life life, AioContext context, boolean direct) throws IOException {
        FileModel model = existing(life, "work", 100_000, 420_000);
        AioFile file = life.open(context, model.path, direct ? WRITE_DIRECT : WRITE);
        if (file == null) {
            return;
        }
        life.read(file, model, 0, 8192);
        life.read(file, model, 5000, 70_000);
        life.readInto(file, model, ALIGNED, 16_384, 16_384);
        life.readInto(file, model, COMPOSITE, 90_001, 20_000);
        life.settle();
        // Whole blocks over what is there, parts of blocks, what lies behind the end, and a big one
        // that is cut into pieces.
        life.write(file, model, ALIGNED, 0, 8192, 1);
        life.write(file, model, HEAP, 12_288, 4096, 2);
        life.write(file, model, ODD_DIRECT, 20_003, 100, 3);
        life.write(file, model, ALIGNED, 106_496, 8192, 4);
        life.settle();
        life.write(file, model, COMPOSITE, 131_072, 270_000, 5);
        life.fdatasync(file);
        life.settle();
        life.size(file, model);
        life.read(file, model, 0, 410_000);
        life.readInto(file, model, HEAP, 100_000, 50_000);
        life.settle();
        life.truncate(file, model, 50_001);
        life.settle();
        life.allocate(file, model, 60_000, 10_000);
        life.settle();
        life.write(file, model, HEAP, 60_001, 5000, 6);
        life.settle();
        life.attributes(file, model);
        life.cached(file, 100, 80_000);
        life.fsync(file);
        life.read(file, model, 49_000, 30_000);
        life.settle();
        life.close(file);
    }

    /** Data, a hole, data, and a MiB of space behind it that was never written. */
    static FileModel leftBehind(Life life) throws IOException {
        FileModel model = life.file("left", 2 << 20).with(FileModel.content(0, 8192, 0));
        byte[] tail = FileModel.content(65_536, 8192, 1);
        LibAio kernel = LibAio.instance();
        byte[] path = model.path.toString().getBytes(StandardCharsets.UTF_8);
        int fd = kernel.open(path, OpenFlags.O_RDWR | OpenFlags.O_CLOEXEC, 0);
        try (FileChannel channel = FileChannel.open(model.path, StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(tail), 65_536);
            channel.force(true);
            int end = 65_536 + tail.length;
            if (kernel.fallocate(fd, 0, end, 1 << 20) < 0) {
                throw new IOException("no fallocate on " + model.path);
            }
            model.wrote(65_536, tail, true);
            channel.force(true);
        } finally {
            kernel.close(fd);
        }
        life.mayKeep(model, 65_536 + tail.length + (1 << 20));
        return model;
    }

    /** Much that is under way at the same time; false where the file could not be opened. */
    static boolean busy(Life life, AioContext context) throws IOException {
        FileModel model = existing(life, "busy", 100_000, 300_000);
        AioFile file = life.open(context, model.path, WRITE_DIRECT);
        if (file == null) {
            return false;
        }
        life.ending();
        life.read(file, model, 0, 8192);
        life.readInto(file, model, COMPOSITE, 70_001, 20_000);
        life.write(file, model, ALIGNED, 8192, 8192, 1);
        life.write(file, model, HEAP, 20_003, 100, 2);
        life.write(file, model, COMPOSITE, 131_072, 100_000, 3);
        life.fdatasync(file);
        life.close(file);
        return true;
    }
}
