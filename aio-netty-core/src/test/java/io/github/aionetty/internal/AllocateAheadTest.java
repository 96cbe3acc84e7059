// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.AioRoute;
import io.github.aionetty.nativeaio.FileStatus;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.Subject;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Appending with space allocated ahead: what this process sees, what others see, what is left. */
@Timeout(60)
class AllocateAheadTest {
    private static final int BLOCK = 4096;
    private static final long STEP = 1 << 20;

    private TestLoops loops;
    private AioContext context;
    private Path path;

    static List<Subject> subjects() {
        return Subject.all();
    }

    private void begin(Subject subject) throws IOException {
        loops = subject.loops(2);
        context = subject.context(loops.next());
        path = Files.createTempFile(subject.directory(), "ahead", "");
    }

    /** Where it does anything: elsewhere the file is as any other. */
    private static boolean allocates(Subject subject) {
        return subject.direct() && List.of("ext4", "xfs").contains(subject.fileSystem());
    }

    private void checkSpace(Subject subject, long data) throws IOException {
        if (allocates(subject)) {
            assertThat(Files.size(path)).as("the space").isGreaterThanOrEqualTo(STEP);
        } else {
            assertThat(Files.size(path)).as("no space").isEqualTo(data);
        }
    }

    private AioFile open(Subject subject) {
        return get(
                context.open(
                        path, subject.options(AioOpenOption.ALLOCATE_AHEAD, CREATE, READ, WRITE)));
    }

    @AfterEach
    void end() throws IOException {
        if (loops != null) {
            loops.close();
            Files.deleteIfExists(path);
        }
    }

    private static ByteBuf bytes(long position, int length) {
        return Unpooled.wrappedBuffer(Pattern.bytes(position, length));
    }

    private static void append(AioFile file, long position, int length) {
        assertThat(get(file.write(bytes(position, length), position))).isEqualTo(length);
    }

    private void checkContent(int length) throws IOException {
        assertThat(Files.size(path)).isEqualTo(length);
        assertThat(Files.readAllBytes(path)).isEqualTo(Pattern.bytes(0, length));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void hereTheFileEndsWithItsDataAndAfterTheCloseForEverybody(Subject subject) throws Exception {
        begin(subject);
        AioFile file = open(subject);
        append(file, 0, 2 * BLOCK);
        append(file, 2 * BLOCK, 100);
        int end = 2 * BLOCK + 100;
        assertThat(get(file.size())).isEqualTo(end);
        assertThat(get(file.attributes()).size()).isEqualTo(end);
        checkSpace(subject, end);
        ByteBuf tail = get(file.read(end - 10, 1000));
        Pattern.check(tail, Pattern.bytes(0, end), end - 10, 10);
        tail.release();
        ByteBuf behind = get(file.read(end, 1000));
        assertThat(behind.readableBytes()).isZero();
        behind.release();
        ByteBuf dst = Unpooled.directBuffer(50, 50);
        assertThat(get(file.read(dst, end + 7))).isEqualTo(-1);
        assertThat(get(file.read(dst, end - 3))).isEqualTo(3);
        dst.release();
        get(file.close());
        checkContent(end);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void theSpaceGrowsWithTheDataAndKeepsAheadOfIt(Subject subject) throws Exception {
        begin(subject);
        AioFile file = open(subject);
        int piece = 64 * 1024;
        int pieces = 80;
        List<Future<Integer>> writes = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            writes.add(file.write(bytes((long) i * piece, piece), (long) i * piece));
            if (i % 8 == 7) {
                writes.forEach(write -> assertThat(get(write)).isEqualTo(piece));
                assertThat(Files.size(path)).isGreaterThanOrEqualTo((long) (i + 1) * piece);
                assertThat(get(file.size())).isEqualTo((long) (i + 1) * piece);
            }
        }
        get(file.close());
        checkContent(piece * pieces);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void theLastOfSeveralHandlesAndLoopsSetsTheSize(Subject subject) throws Exception {
        begin(subject);
        AioFile first = open(subject);
        AioFile second = open(subject);
        AioFile plain = get(context.open(path, subject.options(READ, WRITE)));
        EventLoop other = loops.next();
        subject.context(other);
        AioFile elsewhere = first.on(other);
        append(first, 0, BLOCK);
        append(second, BLOCK, BLOCK);
        append(elsewhere, 2 * BLOCK, BLOCK);
        append(plain, 3 * BLOCK, BLOCK);
        assertThat(get(plain.size())).isEqualTo(4 * BLOCK);
        get(first.close());
        get(second.close());
        checkSpace(subject, 4 * BLOCK);
        append(elsewhere, 4 * BLOCK, 17);
        get(elsewhere.close());
        checkContent(4 * BLOCK + 17);
        append(plain, 4 * BLOCK + 17, BLOCK);
        assertThat(get(plain.size())).isEqualTo(5 * BLOCK + 17);
        get(plain.close());
        checkContent(5 * BLOCK + 17);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void theUsersOwnResizesCount(Subject subject) throws Exception {
        begin(subject);
        AioFile file = open(subject);
        append(file, 0, 10 * BLOCK);
        get(file.truncate(5 * BLOCK + 5));
        assertThat(get(file.size())).isEqualTo(5 * BLOCK + 5);
        append(file, 5 * BLOCK + 5, BLOCK);
        assertThat(get(file.size())).isEqualTo(6 * BLOCK + 5);
        get(file.truncate(2 * STEP));
        assertThat(get(file.size())).isEqualTo(2 * STEP);
        get(file.allocate(0, 3 * STEP));
        assertThat(get(file.size())).isEqualTo(3 * STEP);
        append(file, 3 * STEP, 1);
        get(file.close());
        assertThat(Files.size(path)).isEqualTo(3 * STEP + 1);
        byte[] all = Files.readAllBytes(path);
        byte[] expected = new byte[(int) (3 * STEP + 1)];
        System.arraycopy(Pattern.bytes(0, 6 * BLOCK + 5), 0, expected, 0, 6 * BLOCK + 5);
        expected[(int) (3 * STEP)] = Pattern.bytes(3 * STEP, 1)[0];
        assertThat(all).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void theContextsEndSetsTheSizeToo(Subject subject) throws Exception {
        begin(subject);
        AioFile file = open(subject);
        append(file, 0, 3 * BLOCK + 3);
        get(context.close());
        checkContent(3 * BLOCK + 3);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void theLoopsEndSetsTheSizeToo(Subject subject) throws Exception {
        begin(subject);
        AioFile file = open(subject);
        append(file, 0, 3 * BLOCK + 3);
        Future<Void> closed = context.close();
        loops.close();
        closed.awaitUninterruptibly(10_000);
        checkContent(3 * BLOCK + 3);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void whatAnotherProcessWroteBehindTheDataIsNotCutOff(Subject subject) throws Exception {
        begin(subject);
        AioFile file = open(subject);
        append(file, 0, BLOCK);
        // On a file without space it is simply an append.
        long theirs = STEP / 2;
        try (RandomAccessFile other = new RandomAccessFile(path.toFile(), "rw")) {
            other.seek(theirs);
            other.write(42);
            other.getFD().sync();
        }
        get(file.close());
        byte[] all = Files.readAllBytes(path);
        assertThat(all.length).isGreaterThan((int) theirs);
        assertThat(all[(int) theirs]).isEqualTo((byte) 42);
        assertThat(all).startsWith(Pattern.bytes(0, BLOCK));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void whatABufferedReadersReadaheadHasCachedIsNoData(Subject subject) throws Exception {
        begin(subject);
        AioFile file = open(subject);
        int end = 16 * BLOCK;
        append(file, 0, end);
        AioFile reader = get(context.open(path, READ));
        for (int at = 0; at < end; at += BLOCK) {
            get(reader.read(at, BLOCK)).release();
        }
        get(reader.close());
        get(file.close());
        checkContent(end);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void aSizeThatAnotherProcessHasSetStays(Subject subject) throws Exception {
        begin(subject);
        AioFile file = open(subject);
        append(file, 0, BLOCK);
        try (RandomAccessFile other = new RandomAccessFile(path.toFile(), "rw")) {
            other.setLength(5 * STEP);
        }
        assertThat(get(file.size())).isEqualTo(5 * STEP);
        get(file.close());
        assertThat(Files.size(path)).isEqualTo(5 * STEP);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void whatACrashLeftIsCutOffAtTheNextOpen(Subject subject) throws Exception {
        begin(subject);
        AioFile plain = get(context.open(path, subject.options(READ, WRITE)));
        append(plain, 0, 3 * BLOCK);
        get(plain.allocate(0, STEP));
        get(plain.fsync());
        get(plain.close());
        assertThat(Files.size(path)).as("as after a crash").isEqualTo(STEP);
        AioFile file = open(subject);
        if (!allocates(subject)) {
            assertThat(get(file.size())).isEqualTo(STEP);
            get(file.close());
            return;
        }
        assertThat(get(file.size())).isEqualTo(3 * BLOCK);
        append(file, 3 * BLOCK, BLOCK);
        get(file.close());
        checkContent(4 * BLOCK);
    }

    /** In the middle of what was left out, which is no hole but space allocated ahead. */
    @ParameterizedTest
    @MethodSource("subjects")
    void whatATruncateHasMadeTheEndAndNobodyHasWrittenIsCutOffToo(Subject subject)
            throws Exception {
        begin(subject);
        AioFile file = open(subject);
        append(file, 0, BLOCK);
        append(file, 64 * BLOCK, BLOCK);
        int end = 40 * BLOCK;
        get(file.truncate(end));
        assertThat(get(file.size())).isEqualTo(end);
        get(file.close());
        assertThat(Files.size(path)).isEqualTo(end);
        AioFile again = open(subject);
        long size = get(again.size());
        if (allocates(subject)) {
            assertThat(size).isBetween((long) BLOCK, end - 1L);
        } else {
            assertThat(size).isEqualTo(end);
        }
        get(again.close());
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void aHoleAtTheEndIsKept(Subject subject) throws Exception {
        begin(subject);
        AioFile plain = get(context.open(path, subject.options(READ, WRITE)));
        append(plain, 0, BLOCK);
        get(plain.truncate(STEP));
        get(plain.close());
        AioFile file = open(subject);
        assertThat(get(file.size())).isEqualTo(STEP);
        get(file.close());
        assertThat(Files.size(path)).isEqualTo(STEP);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void whatACrashLeftIsFoundBesideAReaderToo(Subject subject) throws Exception {
        begin(subject);
        AioFile plain = get(context.open(path, READ, WRITE));
        append(plain, 0, 2 * BLOCK);
        get(plain.allocate(2 * BLOCK, STEP));
        get(plain.close());
        AioFile reader = get(context.open(path, READ));
        AioFile file = open(subject);
        long end = allocates(subject) ? 2 * BLOCK : 2 * BLOCK + STEP;
        assertThat(get(file.size())).isEqualTo(end);
        assertThat(get(reader.size())).isEqualTo(end);
        get(file.close());
        get(reader.close());
        assertThat(Files.size(path)).isEqualTo(end);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void whatTheUserHasAllocatedCountsAsLongAsSomebodyKnowsOfIt(Subject subject) throws Exception {
        begin(subject);
        AioFile plain = get(context.open(path, READ, WRITE));
        append(plain, 0, BLOCK);
        get(plain.allocate(BLOCK, 10_000));
        AioFile file = open(subject);
        assertThat(get(file.size())).isEqualTo(BLOCK + 10_000);
        get(file.close());
        get(plain.close());
        assertThat(Files.size(path)).isEqualTo(BLOCK + 10_000);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void pagesThatSomebodyHasReadAreNoData(Subject subject) throws Exception {
        begin(subject);
        AioFile file = open(subject);
        append(file, 0, 100_000);
        // As cat, tail or a backup would.
        Files.readAllBytes(path);
        get(file.close());
        checkContent(100_000);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void anAppendDuringAnotherOpenIsNotCutOff(Subject subject) throws Exception {
        begin(subject);
        AioFile plain = get(context.open(path, READ, WRITE));
        append(plain, 0, 100);
        Future<AioFile> opening;
        synchronized (((DefaultAioFile) plain).open.inode.opens) {
            opening =
                    context.open(path, subject.options(AioOpenOption.ALLOCATE_AHEAD, READ, WRITE));
            if (allocates(subject)) {
                untilAHelperWaits();
            }
            append(plain, 100, 100);
        }
        AioFile file = get(opening);
        ByteBuf read = get(plain.read(0, 1000));
        Pattern.check(read, Pattern.bytes(0, 200), 0, 200);
        read.release();
        append(file, 50, 10);
        get(file.close());
        get(plain.close());
        checkContent(200);
    }

    private static void untilAHelperWaits() {
        Awaitility.await()
                .until(
                        () ->
                                Thread.getAllStackTraces().keySet().stream()
                                        .filter(t -> t.getName().startsWith("aio-netty-meta"))
                                        .anyMatch(t -> t.getState() == Thread.State.BLOCKED));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void opensAndClosesThatMeetLeaveTheExactSize(Subject subject) throws Exception {
        begin(subject);
        AioContext other = subject.context(loops.next());
        int end = 0;
        for (int i = 0; i < 20; i++) {
            AioFile first = open(subject);
            append(first, end, 1001);
            end += 1001;
            Future<Void> closing = first.close();
            AioFile second =
                    get(
                            other.open(
                                    path,
                                    subject.options(AioOpenOption.ALLOCATE_AHEAD, READ, WRITE)));
            get(closing);
            assertThat(get(second.size())).isEqualTo(end);
            append(second, end, 999);
            end += 999;
            get(second.close());
            assertThat(Files.size(path)).isEqualTo(end);
        }
        checkContent(end);
    }

    /** Another process is another open file description: locks do not tell them apart. */
    @ParameterizedTest
    @MethodSource("subjects")
    void aWriterInAnotherProcessKeepsItsSpace(Subject subject) throws Exception {
        begin(subject);
        Syscalls sys = LibAio.instance();
        int fd = sys.open(PathBytes.of(path), OpenFlags.O_RDWR, 0);
        assertThat(SpaceLock.share(sys, fd)).isTrue();
        AioFile file = open(subject);
        append(file, 0, 1000);
        get(file.close());
        checkSpace(subject, 1000);
        sys.close(fd);
        AioFile again = open(subject);
        long end = allocates(subject) ? BLOCK : 1000;
        assertThat(get(again.size())).as("to the block").isEqualTo(end);
        get(again.close());
        assertThat(Files.size(path)).isEqualTo(end);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void aFailedWriteMovesNoEnd(Subject subject) throws Exception {
        begin(subject);
        AioFile file = open(subject);
        append(file, 0, 100);
        InodeState inode = ((DefaultAioFile) file).open.inode;
        TestRange failed = new TestRange("failed");
        assertThat(inode.acquireWrite(failed, false, 50_000, 10)).isTrue();
        inode.wrote(failed, 50_000, 0);
        assertThat(get(file.size())).isEqualTo(100);
        get(file.close());
        checkContent(100);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void aWriteFarBehindTheEndAllocatesNoHole(Subject subject) throws Exception {
        begin(subject);
        AioFile file = open(subject);
        append(file, 0, BLOCK);
        append(file, 600L << 20, BLOCK);
        get(file.close());
        assertThat(Files.size(path)).isEqualTo((600L << 20) + BLOCK);
        assertThat(allocated()).isLessThan(16L << 20);
    }

    private long allocated() {
        Syscalls sys = LibAio.instance();
        int fd = sys.open(PathBytes.of(path), OpenFlags.O_RDONLY, 0);
        FileStatus status = FileStatus.allocate();
        assertThat(sys.statx(fd, status.address())).isZero();
        sys.close(fd);
        return status.blocks() * 512;
    }

    @Test
    void whatTheKernelSaysIsTakenForWhatItIsOrAskedForAgain() {
        AllocatedAhead ahead = new AllocatedAhead();
        int before = ahead.changes();
        assertThat(ahead.begin()).isTrue();
        assertThat(ahead.settle(0, 0, before)).as("looked at before it began").isFalse();
        assertThat(ahead.sizeOf(7, ahead.changes())).as("nothing is known yet").isEqualTo(7);
        assertThat(ahead.settle(0, 0, ahead.changes())).isTrue();
        assertThat(ahead.allocating(0, 1 << 20)).isTrue();
        assertThat(ahead.sizeOf(1 << 19, ahead.changes())).as("half way").isZero();
        int since = ahead.changes();
        ahead.allocated(1 << 20, true);
        assertThat(ahead.sizeOf(1 << 20, since)).as("a while ago").isEqualTo(-1);
        assertThat(ahead.sizeOf(1 << 20, ahead.changes())).isZero();
        assertThat(ahead.allocating(0, 3 << 20)).as("from where it ended before").isFalse();
        int more = (1 << 20) + 1;
        assertThat(ahead.sizeOf(more, ahead.changes())).as("somebody else's").isEqualTo(more);
        ahead.resized(100, true);
        assertThat(ahead.sizeOf(100, ahead.changes())).isEqualTo(100);
        assertThat(ahead.end()).isTrue();
        assertThat(ahead.allocating(100, 4 << 20)).as("for nobody").isFalse();
    }

    @Test
    void appendsOfWholeBlocksStayOnTheLoop() throws Exception {
        for (String name : List.of("ext4", "xfs")) {
            if (FileSystemsUnderTest.names().contains(name)) {
                begin(new Subject(name, true, Subject.Way.RING));
                appendManyBlocks(name);
                end();
            }
        }
        loops = null;
    }

    private void appendManyBlocks(String name) {
        RoutedFiles.withoutDetector((DefaultAioContext) context);
        AioFile file = open(new Subject(name, true, Subject.Way.RING));
        int appends = 20_000;
        ByteBuf block = context.alloc().directBuffer(BLOCK).writeBytes(Pattern.bytes(0, BLOCK));
        List<Future<Integer>> writes = new ArrayList<>();
        for (int i = 0; i < appends; i++) {
            writes.add(file.write(block.retainedDuplicate(), (long) i * BLOCK));
            if (writes.size() == 64) {
                writes.forEach(write -> assertThat(get(write)).isEqualTo(BLOCK));
                writes.clear();
            }
        }
        writes.forEach(write -> assertThat(get(write)).isEqualTo(BLOCK));
        block.release();
        long unmapped = context.metrics().routed(AioRoute.UNMAPPED);
        if (name.equals("ext4")) {
            // Each is the first write into its space.
            assertThat(unmapped).isEqualTo(appends);
        } else {
            assertThat(unmapped).as("appends that extended the file on " + name).isLessThan(200);
            assertThat(context.metrics().routed(AioRoute.NOWAIT)).isGreaterThan(appends / 2);
        }
        get(file.close());
        assertThat(path).hasSize((long) appends * BLOCK);
    }

    @Test
    void itNeedsAFileToWrite() throws Exception {
        begin(Subject.all().get(0));
        assertThatThrownBy(() -> context.open(path, READ, AioOpenOption.ALLOCATE_AHEAD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ALLOCATE_AHEAD needs WRITE");
    }
}
