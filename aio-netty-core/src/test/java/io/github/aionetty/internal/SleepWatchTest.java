// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the count is asked for, and what it tells. */
class SleepWatchTest {
    /** {@link System#nanoTime()} may be negative, and wrap. */
    private static final long START = Long.MAX_VALUE - SleepWatch.PERIOD / 2;

    private long sleeps = 5;
    private int asked;
    private final SleepWatch watch =
            new SleepWatch(
                    () -> {
                        asked++;
                        return sleeps;
                    });

    private void slowCall(long now) {
        watch.begin(now);
        watch.end(now);
        asked = 0;
    }

    @Test
    void untilACallWasSlowNothingIsAskedFor() {
        for (int i = 0; i < 1000; i++) {
            assertThat(watch.begin(START + i * SleepWatch.PERIOD)).isFalse();
        }
        assertThat(asked).isZero();
        assertThat(watch.end(START)).isEqualTo(StallVerdict.UNKNOWN);
        assertThat(asked).isZero();
    }

    @Test
    void aThreadThatHasSleptWasBlocked() {
        slowCall(START);
        assertThat(watch.begin(START + 1)).isTrue();
        sleeps++;
        assertThat(watch.end(START + 2)).isEqualTo(StallVerdict.BLOCKED);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void aThreadThatHasNotWasPreempted() {
        slowCall(START);
        sleeps += 100; // before the call
        watch.begin(START + 1);
        assertThat(watch.end(START + 2)).isEqualTo(StallVerdict.PREEMPTED);
        // A fast call asks once a turn, and what the loop slept between turns is nobody's.
        watch.turnEnds();
        sleeps++;
        assertThat(watch.begin(START + 3)).isTrue();
        assertThat(watch.begin(START + 4)).isFalse();
        assertThat(watch.end(START + 5)).isEqualTo(StallVerdict.PREEMPTED);
        assertThat(asked).isEqualTo(4);
    }

    /** What a slow call has slept is none of the next one's, in the same turn. */
    @Test
    void eachSlowCallOfATurnIsJudgedByItself() {
        slowCall(START);
        watch.begin(START + 1);
        sleeps++;
        assertThat(watch.end(START + 2)).isEqualTo(StallVerdict.BLOCKED);
        watch.begin(START + 3);
        assertThat(watch.end(START + 4)).isEqualTo(StallVerdict.PREEMPTED);
        watch.begin(START + 5);
        sleeps++;
        assertThat(watch.end(START + 6)).isEqualTo(StallVerdict.BLOCKED);
    }

    @Test
    void tenMinutesAfterTheLastSlowCallItEnds() {
        slowCall(START);
        assertThat(watch.begin(START + SleepWatch.PERIOD - 1)).isTrue();
        assertThat(watch.end(START + SleepWatch.PERIOD - 1)).isEqualTo(StallVerdict.PREEMPTED);
        watch.turnEnds();
        assertThat(watch.begin(START + 2 * SleepWatch.PERIOD - 2)).isTrue();
        watch.turnEnds();
        asked = 0;
        assertThat(watch.begin(START + 2 * SleepWatch.PERIOD - 1)).isFalse();
        assertThat(watch.begin(START + 2 * SleepWatch.PERIOD)).isFalse();
        sleeps++;
        // Not held against a count of ten minutes before.
        assertThat(watch.end(START + 2 * SleepWatch.PERIOD)).isEqualTo(StallVerdict.UNKNOWN);
        assertThat(asked).isZero();
        assertThat(watch.begin(START + 2 * SleepWatch.PERIOD + 1)).isTrue();
    }

    /** An error, and a kernel that says 0 to everybody. */
    @ParameterizedTest
    @ValueSource(longs = {-22, 0})
    void whatIsNotCountedIsNotJudged(long none) {
        slowCall(START);
        long counted = sleeps;
        sleeps = none;
        watch.begin(START);
        assertThat(watch.end(START)).isEqualTo(StallVerdict.UNKNOWN);
        watch.begin(START);
        sleeps = counted;
        assertThat(watch.end(START)).isEqualTo(StallVerdict.UNKNOWN);
        watch.begin(START);
        sleeps = none;
        assertThat(watch.end(START)).isEqualTo(StallVerdict.UNKNOWN);
    }
}
