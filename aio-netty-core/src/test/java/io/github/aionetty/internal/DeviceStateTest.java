// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long overwrites rest after one of them has blocked, on a clock of the test's own. */
class DeviceStateTest {
    private static final long FIRST = TimeUnit.SECONDS.toNanos(1);
    private static final long MEMORY = TimeUnit.MINUTES.toNanos(1);
    private static final long BLOCKED = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);

    private final DeviceState device = new DeviceState();

    private void checkRestsFor(long now, long nanos) {
        assertThat(device.rests(now)).isTrue();
        assertThat(device.rests(now + nanos - 1)).as("rests for %s ns", nanos).isTrue();
        assertThat(device.rests(now + nanos)).as("no longer than %s ns", nanos).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5_000_000_000L, Long.MAX_VALUE - 5_000_000_000L, Long.MIN_VALUE})
    void restsForASecondOnAnyClock(long now) {
        assertThat(device.rests(now)).isFalse();
        device.blocked(BLOCKED, now);
        checkRestsFor(now, FIRST);
        assertThat(device.rests(now + 10 * LONGEST)).isFalse();
    }

    @Test
    void restsTwiceAsLongEachTimeItHappensAgainSoonAndTenMinutesAtMost() {
        long now = 1_000;
        long rest = FIRST;
        for (int i = 0; i < 20; i++) {
            device.blocked(BLOCKED, now);
            checkRestsFor(now, rest);
            now += rest + 1;
            rest = Math.min(2 * rest, LONGEST);
        }
        assertThat(rest).isEqualTo(LONGEST);
    }

    @Test
    void startsAnewAfterAGoodWhile() {
        device.blocked(BLOCKED, 0);
        device.blocked(BLOCKED, FIRST);
        checkRestsFor(FIRST, 2 * FIRST);
        long over = 3 * FIRST;
        device.blocked(BLOCKED, over + MEMORY);
        checkRestsFor(over + MEMORY, FIRST);
    }

    @Test
    void oneCommitThatBlocksSeveralLoopsCountsOnce() {
        for (int i = 0; i < 64; i++) {
            device.blocked(BLOCKED, i);
        }
        checkRestsFor(0, FIRST);
    }

    @Test
    void whatAnotherThreadOnTheCpuMayHaveDoneIsNoReason() {
        device.blocked(BLOCKED - 1, 0);
        assertThat(device.rests(1)).isFalse();
    }

    @Test
    void whatIsForgottenHasANumber() {
        int before = device.generation();
        device.extentsForgotten();
        assertThat(device.generation()).isEqualTo(before + 1);
    }
}
