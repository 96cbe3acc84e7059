// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.Unpooled;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody is made to wait for a disk's cache who has not asked for it. */
@Timeout(60)
class NoSyncTest {
    private final AtomicInteger syncs = new AtomicInteger();
    private final TestLoops loops = TestLoops.epoll(1);
    private Path path;

    @BeforeEach
    void make() throws Exception {
        path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "unsynced", "");
    }

    @AfterEach
    void remove() throws Exception {
        loops.close();
        Files.delete(path);
    }

    private Object count(String call, Object[] arguments) {
        if (call.equals("fsync") || call.equals("fdatasync")) {
            syncs.incrementAndGet();
        } else if (call.equals("ioSubmit")) {
            for (Intercepted.Transfer each : Intercepted.transfers(arguments)) {
                if (each.opcode() == Iocb.FSYNC || each.opcode() == Iocb.FDSYNC) {
                    syncs.incrementAndGet();
                }
            }
        }
        return null;
    }

    @ParameterizedTest
    @CsvSource({
        "KERNEL, BUFFERED",
        "KERNEL, DIRECT",
        "KERNEL, ALLOCATE_AHEAD",
        "THREAD_POOL, BUFFERED",
        "THREAD_POOL, DIRECT"
    })
    void whatIsWrittenAndClosedIsNotSynced(AioEngine engine, String way) throws Exception {
        AioContext context =
                ((DefaultBuilder) AioContext.builder(loops.next()))
                        .syscalls(Intercepted.kernel(this::count))
                        .engine(engine)
                        .build();
        List<OpenOption> options = new ArrayList<>(List.of(StandardOpenOption.WRITE));
        if (!way.equals("BUFFERED")) {
            FileSystemsUnderTest.requireDirect(path.getParent());
            options.add(AioOpenOption.DIRECT);
        }
        if (way.equals("ALLOCATE_AHEAD")) {
            options.add(AioOpenOption.ALLOCATE_AHEAD);
        }
        AioFile file = get(context.open(path, options.toArray(OpenOption[]::new)));
        get(file.write(context.alloc().directBuffer(8192).writeZero(8192), 0));
        get(file.write(Unpooled.buffer().writeZero(99), 8192));
        get(file.truncate(5000));
        get(file.close());
        assertThat(syncs).hasValue(0);
        AioFile again = get(context.open(path, options.toArray(OpenOption[]::new)));
        get(again.fsync());
        get(again.fdatasync());
        assertThat(syncs).as("what is counted").hasValue(2);
        get(again.close());
        get(context.close());
        assertThat(syncs).hasValue(2);
    }
}
