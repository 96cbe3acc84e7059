// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Intercepted;
import io.github.aionetty.support.TestLoops;
import io.netty.util.concurrent.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A file that is closed while the helpers have more to do than they take. */
@Timeout(60)
class CloseOnFullLaneTest {
    /** Of no device. */
    private static final Long HUNG = -2L;

    private static void fill(CountDownLatch end) {
        try {
            while (true) {
                HelperLane.METADATA.execute(HUNG, () -> Intercepted.hang(end));
            }
        } catch (RejectedExecutionException e) {
            assertThat(e).hasMessageContaining("queued");
        }
    }

    @Test
    void theDescriptorIsClosedLater() throws Exception {
        Path path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "close", "");
        CountDownLatch end = new CountDownLatch(1);
        try (TestLoops loops = TestLoops.epoll(1)) {
            AioFile file = get(AioContext.of(loops.next()).open(path));
            fill(end);
            assertThat(failure(file.size())).isInstanceOf(RejectedExecutionException.class);
            Future<Void> closed = file.close();
            TestLoops.run(loops.next(), () -> {});
            assertThat(closed.isDone()).isFalse();
            assertThat(InodeTable.INSTANCE.size()).isEqualTo(1);
            end.countDown();
            get(closed);
            assertThat(InodeTable.INSTANCE.size()).isZero();
        } finally {
            end.countDown();
            Files.delete(path);
        }
    }
}
