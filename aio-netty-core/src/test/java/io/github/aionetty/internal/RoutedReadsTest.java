// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.internal.RoutedFiles.BLOCK;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioRoute;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.support.Intercepted;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which way reads take, on real files. */
@Timeout(60)
class RoutedReadsTest {
    /** Blocks of one extent each, every second one: more than an open looks at. */
    private static final int EXTENTS = ExtentLoader.AT_OPEN + 200;

    private static final Map<AioRoute, Long> ON_LOOP = Map.of(AioRoute.NOWAIT, 1L);

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void directReadsStayOnTheLoopFromTheFirstOneOn(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile file = files.direct(files.written(1024));
                    for (int i = 0; i < 5; i++) {
                        assertThat(files.read(file, i)).isEqualTo(ON_LOOP);
                    }
                    // Two MiB at a time.
                    get(file.read(0, 1024 * BLOCK)).release();
                    assertThat(files.taken()).isEqualTo(Map.of(AioRoute.NOWAIT, 2L));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"tmpfs", "overlay"})
    void whereTheKernelKnowsNoNowaitOnlyTheFirstReadAsks(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile file = files.direct(files.written(64));
                    assertThat(files.read(file, 0))
                            .isEqualTo(Map.of(AioRoute.NOWAIT, 1L, AioRoute.REFUSED, 1L));
                    for (int i = 0; i < 5; i++) {
                        assertThat(files.read(file, i)).isEqualTo(Map.of(AioRoute.FILE_SYSTEM, 1L));
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs"})
    void whatThePageCacheHoldsIsReadOnTheLoop(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile file = files.open(files.newPath());
                    get(file.write(Unpooled.wrappedBuffer(new byte[64 * BLOCK]), 0));
                    files.taken();
                    for (int i = 0; i < 5; i++) {
                        assertThat(files.read(file, i)).isEqualTo(ON_LOOP);
                    }
                });
    }

    /** What somebody else has appended may lie on the disk: the loop does not read it. */
    @Test
    void ofAFileThatSomebodyElseHasGrownTheLoopReadsWhatIsKnown() throws Exception {
        RoutedFiles.on(
                "ext4",
                files -> {
                    Path path = files.newPath();
                    AioFile file = files.open(path);
                    get(file.write(Unpooled.wrappedBuffer(new byte[BLOCK + 100]), 0));
                    try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
                        other.write(ByteBuffer.allocate(3 * BLOCK), BLOCK + 100);
                    }
                    List<Long> onLoop = new CopyOnWriteArrayList<>();
                    files.intercept(
                            (call, arguments) -> {
                                if (call.equals("ioSubmit")
                                        && files.context.eventLoop().inEventLoop()) {
                                    Intercepted.transfers(arguments)
                                            .forEach(t -> onLoop.add(t.length()));
                                }
                                return null;
                            });
                    files.taken();
                    ByteBuf read = get(file.read(0, 4 * BLOCK));
                    assertThat(read.readableBytes()).isEqualTo(4 * BLOCK);
                    read.release();
                    assertThat(onLoop).containsExactly(BLOCK + 100L);
                    assertThat(files.taken())
                            .isEqualTo(Map.of(AioRoute.NOWAIT, 1L, AioRoute.UNCACHED, 1L));
                    // Now it is known, but not what may follow.
                    assertThat(files.read(file, 3)).isEqualTo(ON_LOOP);
                    onLoop.clear();
                    get(file.read(4 * BLOCK, BLOCK)).release();
                    assertThat(files.taken()).containsOnlyKeys(AioRoute.UNCACHED);
                    assertThat(onLoop).isEmpty();
                });
    }

    private static Path fragmented(RoutedFiles files) throws IOException {
        Path path = files.newPath();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            for (int i = 0; i < EXTENTS; i++) {
                channel.write(ByteBuffer.allocate(BLOCK), 2L * i * BLOCK);
            }
            channel.force(true);
        }
        return path;
    }

    @Test
    void whatAnOpenHasNotLoadedIsLoadedOnceByAHelper() throws Exception {
        RoutedFiles.on(
                "ext4",
                files -> {
                    AioFile file = files.direct(fragmented(files));
                    assertThat(files.read(file, 0)).isEqualTo(ON_LOOP);
                    assertThat(files.read(file, ExtentLoader.AT_OPEN)).isEqualTo(ON_LOOP);
                    int cold = 2 * EXTENTS - 2;
                    Map<AioRoute, Long> first = files.read(file, cold);
                    assertThat(first).isEqualTo(Map.of(AioRoute.COLD_EXTENTS, 1L));
                    for (int i = 0; i < 5; i++) {
                        assertThat(files.read(file, cold - 10 * i)).isEqualTo(ON_LOOP);
                    }
                });
    }

    @Test
    void xfsSaysWhenItsExtentsAreColdAndIsAlwaysAsked() throws Exception {
        RoutedFiles.on(
                "xfs",
                files -> {
                    AioFile file = files.direct(fragmented(files));
                    assertThat(files.read(file, 2 * EXTENTS - 2))
                            .containsEntry(AioRoute.NOWAIT, 1L)
                            .doesNotContainKey(AioRoute.COLD_EXTENTS);
                });
    }

    private static void blocked(AioFile file, TestOperation suspect, long millis) {
        suspect.open = ((DefaultAioFile) file).open;
        Routing.blocked(suspect, StallVerdict.BLOCKED, TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @ParameterizedTest
    @CsvSource({"ext4, COLD_EXTENTS", "xfs, NOWAIT"})
    void afterAReadHasBlockedEveryFileOfTheDeviceIsLoadedAnew(String fileSystem, AioRoute route)
            throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile one = files.direct(files.written(8));
                    AioFile other = files.direct(files.written(8));
                    assertThat(files.read(one, 0)).isEqualTo(ON_LOOP);
                    assertThat(files.read(other, 0)).isEqualTo(ON_LOOP);
                    blocked(one, TestOperation.read(0, 0, Unpooled.EMPTY_BUFFER, 0, 0), 5);
                    for (AioFile file : new AioFile[] {one, other}) {
                        assertThat(files.read(file, 1)).isEqualTo(Map.of(route, 1L));
                        assertThat(files.read(file, 2)).isEqualTo(ON_LOOP);
                    }
                    AioFile opened = files.direct(files.written(8));
                    assertThat(files.read(opened, 0)).isEqualTo(ON_LOOP);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void afterALongBlockDirectTransfersOfTheDeviceRest(String fileSystem) throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    AioFile one = files.direct(files.written(8));
                    AioFile other = files.direct(files.written(8));
                    files.write(one, 0);
                    files.write(other, 0);
                    assertThat(files.write(other, 0)).containsEntry(AioRoute.NOWAIT, 1L);
                    TestOperation suspect = TestOperation.read(0, 0, Unpooled.EMPTY_BUFFER, 0, 0);
                    suspect.opcode = Iocb.PWRITE;
                    blocked(one, suspect, 50);
                    for (AioFile file : new AioFile[] {one, other}) {
                        assertThat(files.write(file, 1)).isEqualTo(Map.of(AioRoute.RESTING, 1L));
                        assertThat(files.read(file, 1)).isEqualTo(Map.of(AioRoute.RESTING, 1L));
                    }
                    Awaitility.await().until(() -> files.read(one, 1).equals(ON_LOOP));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void ofAFileOfSomebodyElsesOnlyTheFirstReadMayTouchTheAccessTime(String fileSystem)
            throws Exception {
        RoutedFiles.on(
                fileSystem,
                files -> {
                    Path path = files.written(8);
                    // As the kernel answers to those who own neither the file nor the machine.
                    files.intercept(
                            (call, arguments) ->
                                    call.equals("fcntlSetFlags")
                                                    && ((int) arguments[1] & OpenFlags.O_NOATIME)
                                                            != 0
                                            ? -Errno.EPERM
                                            : null);
                    AioFile file = files.direct(path);
                    assertThat(files.read(file, 0)).isEqualTo(Map.of(AioRoute.ACCESS_TIME, 1L));
                    // The helper notes it when its io_submit is over, maybe after the completion.
                    Awaitility.await().until(() -> files.read(file, 0).equals(ON_LOOP));
                    for (int i = 0; i < 3; i++) {
                        assertThat(files.read(file, i)).isEqualTo(ON_LOOP);
                    }
                });
    }

    @Test
    void elsewiseTheAccessTimeIsSwitchedOff() throws Exception {
        RoutedFiles.on(
                "ext4",
                files -> {
                    Path path = files.written(8);
                    int[] flags = new int[1];
                    files.intercept(
                            (call, arguments) -> {
                                if (call.equals("fcntlSetFlags")) {
                                    flags[0] = (int) arguments[1];
                                }
                                return null;
                            });
                    files.direct(path);
                    assertThat(flags[0] & OpenFlags.O_NOATIME).isNotZero();
                    assertThat(flags[0] & OpenFlags.O_NONBLOCK).isZero();
                    assertThat(flags[0] & OpenFlags.O_DIRECT).isNotZero();
                });
    }
}
