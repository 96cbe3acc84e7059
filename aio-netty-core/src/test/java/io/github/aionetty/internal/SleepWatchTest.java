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

    private StallVerdict end(long now) {
        return watch.end(now, sleeps);
    }

    /** From now on it watches. */
    private void slowCall(long now) {
        end(now);
        asked = 0;
    }

    @Test
    void untilACallWasSlowNothingIsAskedFor() {
        assertThat(watch.isWatching()).isFalse();
        assertThat(end(START)).isEqualTo(StallVerdict.UNKNOWN);
        assertThat(asked).isZero();
        assertThat(watch.isWatching()).isTrue();
    }

    @Test
    void aThreadThatHasSleptWasBlocked() {
        slowCall(START);
        watch.begin(START + 1);
        sleeps++;
        assertThat(end(START + 2)).isEqualTo(StallVerdict.BLOCKED);
        assertThat(asked).isOne();
    }

    @Test
    void aThreadThatHasNotWasPreempted() {
        slowCall(START);
        sleeps += 100; // before the call
        watch.begin(START + 1);
        assertThat(end(START + 2)).isEqualTo(StallVerdict.PREEMPTED);
        assertThat(asked).isOne();
    }

    /** What the loop slept between turns is nobody's. */
    @Test
    void theCountIsAskedForInEachTurn() {
        slowCall(START);
        watch.begin(START + 1);
        watch.begin(START + 2);
        assertThat(asked).isOne();
        watch.turnEnds();
        sleeps++;
        watch.begin(START + 3);
        watch.begin(START + 4);
        assertThat(asked).isEqualTo(2);
        assertThat(end(START + 5)).isEqualTo(StallVerdict.PREEMPTED);
    }

    /** In a long turn the JVM may have held all threads, or a listener may have slept. */
    @Test
    void anOldCountIsNotUsed() {
        slowCall(START);
        watch.begin(START + 1);
        sleeps++;
        watch.begin(START + 1 + SleepWatch.FRESH);
        assertThat(asked).isEqualTo(2);
        assertThat(end(START + 2 + SleepWatch.FRESH)).isEqualTo(StallVerdict.PREEMPTED);
    }

    /** The JVM may have held the thread between the count and the call. */
    @Test
    void aCountThatTookLongIsNotUsed() {
        slowCall(START);
        assertThat(watch.begin(START + 1)).isTrue();
        watch.asked(START + 1 + SleepWatch.LONG);
        sleeps++;
        assertThat(end(START + 2 + SleepWatch.LONG)).isEqualTo(StallVerdict.UNKNOWN);
        assertThat(watch.begin(START + 3 + SleepWatch.LONG)).isTrue();
        watch.asked(START + 2 + 2 * SleepWatch.LONG);
        assertThat(end(START + 3 + 2 * SleepWatch.LONG)).isEqualTo(StallVerdict.PREEMPTED);
    }

    /** What a slow call has slept is none of the next one's, in the same turn. */
    @Test
    void eachSlowCallOfATurnIsJudgedByItself() {
        slowCall(START);
        watch.begin(START + 1);
        sleeps++;
        assertThat(end(START + 2)).isEqualTo(StallVerdict.BLOCKED);
        watch.begin(START + 3);
        assertThat(end(START + 4)).isEqualTo(StallVerdict.PREEMPTED);
        watch.begin(START + 5);
        sleeps++;
        assertThat(end(START + 6)).isEqualTo(StallVerdict.BLOCKED);
    }

    @Test
    void tenMinutesAfterTheLastSlowCallItEnds() {
        slowCall(START);
        watch.begin(START + SleepWatch.PERIOD - 1);
        assertThat(asked).isOne();
        assertThat(end(START + SleepWatch.PERIOD - 1)).isEqualTo(StallVerdict.PREEMPTED);
        watch.begin(START + 2 * SleepWatch.PERIOD - 2);
        watch.turnEnds();
        assertThat(watch.isWatching()).isTrue();
        asked = 0;
        watch.begin(START + 2 * SleepWatch.PERIOD - 1);
        assertThat(watch.isWatching()).isFalse();
        sleeps++;
        // Not held against a count of ten minutes before.
        assertThat(end(START + 2 * SleepWatch.PERIOD)).isEqualTo(StallVerdict.UNKNOWN);
        assertThat(asked).isZero();
        assertThat(watch.isWatching()).isTrue();
    }

    /** An error, and a kernel that says 0 to everybody. */
    @ParameterizedTest
    @ValueSource(longs = {-22, 0})
    void whatIsNotCountedIsNotJudged(long none) {
        slowCall(START);
        long counted = sleeps;
        sleeps = none;
        watch.begin(START);
        assertThat(end(START)).isEqualTo(StallVerdict.UNKNOWN);
        watch.begin(START);
        sleeps = counted;
        assertThat(end(START)).isEqualTo(StallVerdict.UNKNOWN);
        watch.begin(START);
        sleeps = none;
        assertThat(end(START)).isEqualTo(StallVerdict.UNKNOWN);
    }
}
