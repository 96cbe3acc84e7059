// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What hangs on one device, or behind one path, holds up nothing else. */
@Timeout(60)
class HungDeviceTest {
    /** Of another mount than anything that is tested. */
    private static final Path ELSEWHERE = Path.of("/proc/version");

    private final TestLoops loops = TestLoops.epoll(1);
    private final CountDownLatch recovered = new CountDownLatch(1);
    private final List<Path> made = new ArrayList<>();

    private Path make(Path directory, String name) throws IOException {
        Path path = Files.createTempFile(directory, name, "");
        made.add(path);
        return Files.write(path, new byte[65_536]);
    }

    private AioContext context(Intercepted.Interceptor interceptor) {
        return ((DefaultBuilder) AioContext.builder(loops.next()))
                .syscalls(Intercepted.kernel(interceptor))
                .build();
    }

    @AfterEach
    void close() throws IOException {
        recovered.countDown();
        loops.close();
        for (Path path : made) {
            Files.delete(path);
        }
    }

    @Test
    void opensThatHangHoldUpNeitherOpenFilesNorOtherMounts() throws IOException {
        Path directory = FileSystemsUnderTest.anyDirectory();
        Path path = make(directory, "open");
        Path hung = make(directory, "hung");
        AioContext context =
                context(
                        (call, arguments) ->
                                call.equals("open")
                                                && new String(
                                                                (byte[]) arguments[0],
                                                                StandardCharsets.UTF_8)
                                                        .contains("hung")
                                        ? Intercepted.hang(recovered)
                                        : null);
        AioFile file = get(context.open(path));
        Awaitility.await()
                .until(() -> !MountTable.deviceOf(hung).equals(MountTable.deviceOf(ELSEWHERE)));
        List<Future<AioFile>> opens = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            opens.add(context.open(hung));
        }
        assertThat(get(file.size())).isEqualTo(65_536);
        get(file.read(0, 100)).release();
        get(file.close());
        get(get(context.open(ELSEWHERE)).close());
        assertThat(opens).noneMatch(Future::isDone);
        recovered.countDown();
        for (Future<AioFile> open : opens) {
            get(get(open).close());
        }
    }

    @Test
    void transfersThatHangLeaveSlotsToAnotherDevice() throws IOException {
        List<String> mounted = FileSystemsUnderTest.names();
        FileSystemsUnderTest.require(mounted.size() > 1, "two file systems");
        Path path = make(FileSystemsUnderTest.directory(mounted.get(0)), "hung");
        AioContext context =
                context(
                        (call, arguments) ->
                                call.equals("ioSubmit")
                                                && Intercepted.transfers(arguments).get(0).opcode()
                                                        == Iocb.PWRITE
                                        ? Intercepted.hang(recovered)
                                        : null);
        AioFile file = get(context.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
        List<Future<Integer>> writes = new ArrayList<>();
        for (int i = 0; i < 2 * context.metrics().capacity(); i++) {
            writes.add(file.write(Unpooled.wrappedBuffer(new byte[10]), i * 16));
        }
        for (String other : mounted.subList(1, mounted.size())) {
            AioFile elsewhere =
                    get(context.open(make(FileSystemsUnderTest.directory(other), "other")));
            for (int i = 0; i < 100; i++) {
                ByteBuf read = get(elsewhere.read(i, 100));
                assertThat(read.readableBytes()).isEqualTo(100);
                read.release();
            }
            get(elsewhere.close());
        }
        assertThat(writes).noneMatch(Future::isDone);
        recovered.countDown();
        for (Future<Integer> write : writes) {
            assertThat(get(write)).isEqualTo(10);
        }
        get(file.close());
    }
}
