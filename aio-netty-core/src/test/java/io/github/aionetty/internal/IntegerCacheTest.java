// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Boxed results that are kept. */
@Timeout(20)
class IntegerCacheTest {
    private final IntegerCache cache = new IntegerCache();

    @Test
    void everyNumberComesBackEqual() {
        int[] interesting = {0, -1, 1, 4096, 5000, 131072, Integer.MAX_VALUE, Integer.MIN_VALUE};
        for (int round = 0; round < 3; round++) {
            for (int number : interesting) {
                assertThat(cache.get(number)).isEqualTo(number);
            }
            for (int number = -5000; number < 300_000; number++) {
                if (cache.get(number) != number) {
                    throw new AssertionError(number);
                }
            }
        }
    }

    @Test
    void theSameNumberAgainIsTheSameObject() {
        for (int number : new int[] {-1, 1000, 4096, 65_536, 131_072, 1 << 20}) {
            assertThat(cache.get(number)).isSameAs(cache.get(number));
        }
    }

    @Test
    void theUsualLengthsDoNotDriveEachOtherOut() {
        int[] usual = {-1, 0, 512, 4096, 8192, 16_384, 65_536, 131_072};
        Integer[] first = new Integer[usual.length];
        for (int i = 0; i < usual.length; i++) {
            first[i] = cache.get(usual[i]);
        }
        for (int i = 0; i < usual.length; i++) {
            assertThat(cache.get(usual[i])).isSameAs(first[i]);
        }
    }
}
