// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the kernel counts for the calling thread. */
class ThreadSyscallsTest {
    private static final int TIMES = 50;

    private final Syscalls sys = LibAio.instance();

    private static void sleepOften() {
        try {
            for (int i = 0; i < TIMES; i++) {
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void sleepingSwitchesVoluntarily() {
        long before = sys.voluntarySwitches();
        assertThat(before).isNotNegative();
        sleepOften();
        assertThat(sys.voluntarySwitches() - before).isGreaterThanOrEqualTo(TIMES);
    }

    /** By far less, since the JVM stops its threads now and then. */
    @Test
    void computingDoesNot() {
        long before = sys.voluntarySwitches();
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(TIMES)) {
            Thread.onSpinWait();
        }
        assertThat(sys.voluntarySwitches() - before).isLessThan(TIMES / 2);
    }

    @Test
    void otherThreadsAreNotCounted() throws InterruptedException {
        Thread other = new Thread(ThreadSyscallsTest::sleepOften);
        long before = sys.voluntarySwitches();
        other.start();
        other.join();
        assertThat(sys.voluntarySwitches() - before).isLessThan(TIMES / 2);
    }
}
