// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.trust.Disk;
import io.github.aionetty.trust.Length;
import io.github.aionetty.trust.Overlapping;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The blocks of a file fail while it is read, written and synced: what is begun after that fails,
 * with the kernel's error and the file's name, or comes from the page cache; nothing that could not
 * be kept is reported durable; and other files, of this disk and of others, go on.
 */
@Overlapping
@Timeout(600)
class DiskErrorTest {
    private static final int MIB = 1 << 20;
    private static final int BLOCK = 4096;
    private static final int RESULTS = 20 * Length.ROUNDS;
    private static final int ODD = 999;
    private static final OpenOption[] BUFFERED = {
        StandardOpenOption.READ, StandardOpenOption.WRITE
    };
    private static final OpenOption[] DIRECT = {
        StandardOpenOption.READ, StandardOpenOption.WRITE, AioOpenOption.DIRECT
    };

    private final byte[] content = Pattern.bytes(0, 16 * MIB);
    private AioContext context;
    private Path victim;

    /** Whether something below the file system still has what can be read. */
    private boolean cached;

    @ParameterizedTest
    @CsvSource({"ext4, KERNEL", "ext4, THREAD_POOL", "xfs, KERNEL", "xfs, THREAD_POOL"})
    void whatFailsIsReportedAndTheRestGoesOn(String fileSystem, AioEngine engine) throws Exception {
        Path other = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "elsewhere", ".bin");
        boolean kernel = engine == AioEngine.KERNEL;
        try (ThinDisk disk = new ThinDisk(fileSystem);
                TestLoops loops = kernel ? TestLoops.epoll(2) : TestLoops.nio(2)) {
            context = AioContext.builder(loops.next()).engine(engine).build();
            Path sound = Files.write(disk.directory().resolve("sound"), content);
            victim = disk.victim(content);
            AioFile direct = get(context.open(victim, DIRECT));
            AioFile buffered = get(context.open(victim, BUFFERED));
            AioFile elsewhere = get(context.open(other, BUFFERED));
            load(disk::fail, direct, buffered, elsewhere, fileSystem + ' ' + engine);
            goesOn(get(context.open(sound, DIRECT)));
            goesOn(elsewhere);
            get(direct.close());
            get(buffered.close());
            isReportedOnceForAnOpenFile(loops.next());
            disk.mend();
            AioFile mended = get(context.open(victim, DIRECT));
            goesOn(mended);
        } finally {
            Files.delete(other);
        }
    }

    /** Everything on the disk fails: the file system may give up, whatever it says then. */
    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void aDiskThatFailsAsAWholeStopsOnlyItself(String fileSystem) throws Exception {
        Disk.require();
        Path other = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "elsewhere", ".bin");
        try (Disk disk = Disk.with(fileSystem);
                TestLoops loops = TestLoops.epoll(1)) {
            context = AioContext.builder(loops.next()).engine(AioEngine.KERNEL).build();
            cached = true;
            victim = Files.write(disk.directory().resolve("victim"), content);
            disk.sync();
            AioFile direct = get(context.open(victim, DIRECT));
            AioFile buffered = get(context.open(victim, BUFFERED));
            AioFile elsewhere = get(context.open(other, BUFFERED));
            load(disk::fail, direct, buffered, elsewhere, fileSystem + " as a whole");
            goesOn(elsewhere);
            get(direct.close());
            get(buffered.close());
            get(context.close());
        } finally {
            Files.delete(other);
        }
    }

    private interface Fault {
        void happens() throws Exception;
    }

    private void load(Fault fault, AioFile direct, AioFile buffered, AioFile elsewhere, String what)
            throws Exception {
        Lanes lanes = new Lanes();
        lanes.open(
                "read",
                n -> direct.read(at(0, n), BLOCK),
                (done, n, after) -> isReadOrGone(done, at(0, n), BLOCK, after));
        lanes.open(
                "odd read",
                n -> direct.read(at(1, n) + 7, ODD),
                (done, n, after) -> isReadOrGone(done, at(1, n) + 7, ODD, after));
        lanes.open(
                "cached read",
                n -> buffered.read(at(2, n), BLOCK),
                (done, n, after) -> isReadOrGone(done, at(2, n), BLOCK, false));
        // Once the page cache could not keep a page of the file, the kernel has the next direct
        // write go through it, too: that one fails at the sync.
        lanes.open("write", n -> direct.write(block(at(3, n)), at(3, n)), this::mayFail);
        lanes.open("odd write", n -> direct.write(odd(at(4, n)), at(4, n)), this::mayFail);
        lanes.open("cached write", n -> buffered.write(odd(at(5, n)), at(5, n)), this::mayFail);
        lanes.open("fsync", n -> direct.fsync(), this::mayFail);
        lanes.open("fdatasync", n -> buffered.fdatasync(), this::mayFail);
        lanes.open(
                "elsewhere",
                n -> elsewhere.write(odd(at(0, n)), at(0, n)),
                (done, n, after) -> assertThat(done.cause()).isNull());
        lanes.awaitMore(RESULTS);
        fault.happens();
        lanes.fault();
        lanes.awaitMore(RESULTS);
        for (String each : List.of("read", "odd read", "write", "fsync", "fdatasync")) {
            if (!cached || !each.endsWith("read")) {
                lanes.awaitFailure(each);
            }
        }
        lanes.stop();
        System.out.println("Failing disk, " + what + ": " + lanes);
    }

    /** A position in the part of the file that belongs to a lane. */
    private static long at(int lane, int number) {
        return lane * (2L * MIB) + number % (MIB / BLOCK) * (long) BLOCK;
    }

    /** What the file holds there anyway, so that a read tells whatever was written before. */
    private ByteBuf block(long position) {
        byte[] bytes = Pattern.bytes(position, BLOCK);
        return context.alloc().directBuffer(BLOCK).writeBytes(bytes);
    }

    private static ByteBuf odd(long position) {
        return Unpooled.wrappedBuffer(Pattern.bytes(position, ODD));
    }

    private void isReadOrGone(Future<?> done, long position, int length, boolean gone) {
        if (!(done.getNow() instanceof ByteBuf read)) {
            isDiskError(done.cause());
        } else {
            try {
                assertThat(gone && !cached).as("read after its blocks were gone").isFalse();
                Pattern.check(read, content, (int) position, length);
            } finally {
                read.release();
            }
        }
    }

    private void mayFail(Future<?> done, int number, boolean after) {
        if (!done.isSuccess()) {
            isDiskError(done.cause());
        }
    }

    private void isDiskError(Throwable failure) {
        assertThat(failure).isInstanceOf(AioException.class).hasMessageContaining("" + victim);
        assertThat(((AioException) failure).errno()).isIn(Errno.EIO, Errno.ENOSPC, Errno.EROFS);
    }

    /**
     * What the page cache had to give up is reported once for each open file, by its next sync,
     * whichever handle that is for; the sync after it succeeds, and nothing is there.
     */
    private void isReportedOnceForAnOpenFile(EventLoop otherLoop) {
        AioFile first = get(context.open(victim, BUFFERED));
        AioFile second = get(context.open(victim, BUFFERED));
        AioFile shared = first.on(otherLoop);
        // Whatever is left from before.
        first.fsync().awaitUninterruptibly();
        second.fsync().awaitUninterruptibly();
        long position = 13 * MIB;
        get(first.write(Unpooled.wrappedBuffer(new byte[BLOCK]), position));
        isDiskError(failure(first.fdatasync()));
        get(first.fdatasync());
        get(shared.fdatasync());
        isDiskError(failure(second.fsync()));
        get(second.fsync());
        AioFile later = get(context.open(victim, DIRECT));
        get(later.fsync());
        isDiskError(failure(later.read(position, BLOCK)));
        // A direct write may become one of the page cache where that has its block.
        get(first.write(Unpooled.wrappedBuffer(new byte[BLOCK]), position));
        Future<Integer> written = later.write(block(position), position);
        if (written.awaitUninterruptibly().isSuccess()) {
            isDiskError(failure(later.fdatasync()));
        } else {
            isDiskError(written.cause());
        }
        for (AioFile each : List.of(first, second, shared, later)) {
            get(each.close());
        }
    }

    private void goesOn(AioFile file) {
        byte[] bytes = Pattern.bytes(12, 3 * BLOCK, 34);
        get(file.write(Unpooled.wrappedBuffer(bytes), 5 * MIB));
        get(file.fsync());
        get(file.fdatasync());
        ByteBuf read = get(file.read(5 * MIB, bytes.length));
        Pattern.check(read, bytes, 0, bytes.length);
        read.release();
        get(file.close());
    }
}
