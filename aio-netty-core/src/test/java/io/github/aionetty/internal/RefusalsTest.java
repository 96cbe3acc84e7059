// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Learning to stop asking, and to begin again. */
class RefusalsTest {
    private final Refusals refusals = new Refusals();

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            refusals.refused();
        }
    }

    /** How many transfers in a row do not ask. */
    private int skipped() {
        int skipped = 0;
        while (!refusals.mayAsk()) {
            skipped++;
        }
        return skipped;
    }

    @Test
    void asksUntilEightInARowWereRefused() {
        for (int i = 0; i < 8; i++) {
            assertThat(refusals.mayAsk()).isTrue();
            refusals.refused();
        }
        assertThat(refusals.mayAsk()).isFalse();
    }

    @Test
    void thenOneInSixteenAsks() {
        refuse(8);
        for (int i = 0; i < 5; i++) {
            assertThat(skipped()).isEqualTo(15);
            refusals.refused();
        }
    }

    @Test
    void oneThatIsGrantedMakesUpForAll() {
        refuse(1000);
        assertThat(skipped()).isEqualTo(15);
        refusals.granted();
        assertThat(skipped()).isZero();
        refuse(7);
        assertThat(skipped()).isZero();
        refuse(1);
        assertThat(skipped()).isEqualTo(15);
    }

    @Test
    void refusalsThatAreNotInARowDoNotCount() {
        for (int i = 0; i < 100; i++) {
            refuse(7);
            refusals.granted();
            assertThat(refusals.mayAsk()).isTrue();
        }
    }
}
