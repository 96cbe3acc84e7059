// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.support.Intercepted;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A file where there is no native library; what it does is tested with the thread-pool engine. */
@Timeout(30)
class ChannelFileTest {
    @Test
    void oneThatHangsHoldsUpNoChores() throws InterruptedException {
        ChannelFile file = new ChannelFile(Path.of("hung"), null, null, null, null);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try {
            for (int i = 0; i < 12; i++) {
                HelperLane.METADATA.execute(file.device, () -> Intercepted.hang(end));
            }
            HelperLane.METADATA.execute(HelperLane.CHORES, done::countDown);
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            end.countDown();
        }
    }
}
