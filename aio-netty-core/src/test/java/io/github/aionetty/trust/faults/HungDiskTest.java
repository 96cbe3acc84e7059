// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import static io.github.aionetty.support.Futures.get;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.child.OverwriteMain;
import io.github.aionetty.support.ChildJvm;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.trust.Disk;
import io.github.aionetty.trust.Overlapping;
import io.github.aionetty.trust.Teardown;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A disk that answers no write any more, until it does: only what needs it waits, the loop can end
 * without it, and nothing that the kernel may still read is given back before.
 */
@Overlapping
@Timeout(120)
class HungDiskTest {
    private static final int PIECE = 4096;
    private static final int PIECES = 300;
    private static final byte[] CONTENT = Pattern.bytes(0, PIECES * PIECE);
    private static final int CAPACITY = 128;

    /** What the loop has begun: of the rest it can still say no. */
    private static final int BEGUN = CAPACITY - CAPACITY / 8;

    private final List<ByteBuf> buffers = new ArrayList<>();
    private final List<Future<Integer>> writes = new ArrayList<>();
    private Disk disk;
    private Path path;
    private Path other;
    private TestLoops loops;
    private AioContext context;
    private AioFile file;

    @BeforeEach
    void make() throws Exception {
        Disk.require();
        disk = Disk.with("ext4");
        disk.cached(false);
        path = Files.write(disk.directory().resolve("file"), new byte[PIECES * PIECE]);
        other = Files.createTempFile(FileSystemsUnderTest.directory("ext4"), "other", "");
        Files.write(other, CONTENT);
        disk.sync();
    }

    @AfterEach
    void remove() throws Exception {
        if (disk != null) {
            disk.close();
            Files.delete(other);
        }
    }

    private void open(boolean kernel) {
        loops = kernel ? TestLoops.epoll(1) : TestLoops.nio(1);
        context = AioContext.builder(loops.next()).capacity(CAPACITY).build();
        file = get(context.open(path, READ, WRITE, AioOpenOption.DIRECT));
    }

    private void write() {
        for (int i = 0; i < PIECES; i++) {
            ByteBuf source = context.alloc().directBuffer(PIECE).writeZero(PIECE);
            source.setByte(0, i);
            buffers.add(source.retain());
            writes.add(file.write(source, (long) i * PIECE));
        }
    }

    private long undone() {
        return writes.stream().filter(write -> !write.isDone()).count();
    }

    /** Each buffer is left with our reference alone. */
    private void settle() {
        for (int i = 0; i < PIECES; i++) {
            assertThat(writes.get(i).awaitUninterruptibly(30, TimeUnit.SECONDS)).isTrue();
            assertThat(buffers.get(i).refCnt()).isEqualTo(1);
            buffers.get(i).release();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itHoldsUpNeitherTheLoopNorAnotherDisk(boolean kernel) throws Exception {
        open(kernel);
        AioFile elsewhere = get(context.open(other, READ, WRITE, AioOpenOption.DIRECT));
        Future<Void> closed;
        Teardown hang = disk.hang();
        try {
            write();
            for (int i = 0; i < PIECES; i++) {
                ByteBuf read = get(elsewhere.read((long) i * PIECE, PIECE));
                Pattern.check(read, CONTENT, i * PIECE, PIECE);
                read.release();
                ByteBuf source = context.alloc().directBuffer(PIECE);
                source.writeBytes(CONTENT, i * PIECE, PIECE);
                get(elsewhere.write(source, (long) i * PIECE));
            }
            get(elsewhere.fdatasync());
            closed = file.close();
            assertThat(undone()).as("none of them is done").isEqualTo(PIECES);
            assertThat(writes.get(0).cancel(true)).as("the kernel has it").isFalse();
            assertThat(writes.get(PIECES - 1).cancel(true)).as("it is queued").isTrue();
            assertThat(closed.isDone()).isFalse();
        } finally {
            hang.close();
        }
        settle();
        get(closed);
        get(elsewhere.close());
        assertThat(writes.stream().filter(Future::isSuccess).count()).isEqualTo(PIECES - 1);
        byte[] now = Files.readAllBytes(path);
        for (int i = 0; i < PIECES - 1; i++) {
            assertThat(now[i * PIECE]).isEqualTo((byte) i);
        }
        assertThat(now[(PIECES - 1) * PIECE]).as("what was cancelled").isZero();
        loops.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theLoopEndsWithoutItAndTheBuffersStayUntilItAnswers(boolean kernel) throws Exception {
        open(kernel);
        Future<Void> closed;
        Teardown hang = disk.hang();
        try {
            write();
            get(file.size());
            closed = context.close();
            // Waits for the loops: a loop that waited for the disk would fail it.
            loops.close();
            assertThat(closed.await(2, TimeUnit.SECONDS)).as("given up").isFalse();
            assertThat(undone()).as("what the kernel has").isBetween(1L, (long) BEGUN);
            for (int i = 0; i < PIECES; i++) {
                boolean ours = writes.get(i).isDone();
                assertThat(buffers.get(i).refCnt()).as("buffer %s", i).isEqualTo(ours ? 1 : 2);
                if (ours) {
                    assertThat(writes.get(i).cause()).isInstanceOf(AioClosedException.class);
                }
            }
        } finally {
            hang.close();
        }
        settle();
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(closed.isSuccess()).isTrue();
    }

    /** A fact of the kernel, which a process manager has to know. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProcessThatIsKilledGoesWhenTheDiskAnswers(boolean forcibly) throws Exception {
        Process child =
                new ProcessBuilder(new ChildJvm().command(OverwriteMain.class, path.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            assertThat(child.getInputStream().read()).as("its first round").isPositive();
            Teardown hang = disk.hang();
            try {
                // Until the round that is under way has met the disk.
                Thread.sleep(300);
                if (forcibly) {
                    child.destroyForcibly();
                } else {
                    child.destroy();
                }
                assertThat(child.waitFor(3, TimeUnit.SECONDS)).isFalse();
            } finally {
                hang.close();
            }
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly().waitFor();
        }
    }
}
