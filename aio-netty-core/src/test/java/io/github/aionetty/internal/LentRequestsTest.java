// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.TestLoops;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests of a device's queue that contexts are lent, and give back. */
@Timeout(60)
class LentRequestsTest {
    private static final int CONTEXTS = 12;

    @Test
    void aContextThatEndsKeepsNothing() throws Exception {
        Path path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "lent", "");
        Files.write(path, new byte[100]);
        try (TestLoops loops = TestLoops.epoll(1)) {
            AioFile kept = get(AioContext.of(loops.next()).open(path));
            DeviceState device = ((DefaultAioFile) kept).open.inode.device;
            int before = device.pool.lendable();
            for (int i = 0; i < CONTEXTS; i++) {
                try (TestLoops others = TestLoops.epoll(1)) {
                    AioContext context = AioContext.of(others.next());
                    AioFile file = get(context.open(path));
                    get(file.read(0, 100)).release();
                    assertThat(device.pool.lendable()).isLessThan(before);
                    if (i % 2 == 0) {
                        get(file.close());
                    }
                    get(context.close());
                    assertThat(device.pool.lendable())
                            .as("after %s contexts", i + 1)
                            .isEqualTo(before);
                }
            }
            get(kept.close());
        } finally {
            Files.delete(path);
        }
    }
}
