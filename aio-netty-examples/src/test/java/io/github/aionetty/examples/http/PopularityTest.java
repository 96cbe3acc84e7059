// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFileAttributes.Kind;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PopularityTest {
    private static final long MIB = 1 << 20;

    private long now = -5_000_000_000L; // As System.nanoTime may be.
    private final Popularity popularity = new Popularity(100 * MIB, () -> now);

    private static AioFileAttributes file(long inode, long size) {
        return new AioFileAttributes(size, FileTime.fromMillis(0), inode, 1, Kind.REGULAR_FILE);
    }

    private boolean wanted(long inode, long mib) {
        return popularity.wanted(file(inode, mib * MIB), mib * MIB);
    }

    private void later(Duration time) {
        now += time.toNanos();
    }

    @Test
    void aFileThatIsAskedForAgainIsPopular() {
        assertThat(wanted(1, 10)).isFalse();
        assertThat(wanted(1, 10)).isTrue();
        assertThat(wanted(1, 10)).isTrue();
        assertThat(wanted(2, 10)).isFalse();
    }

    @Test
    void partsCountAsWhatTheyAre() {
        for (int i = 0; i < 10; i++) { // One client that fetches a file by ranges.
            assertThat(popularity.wanted(file(1, 10 * MIB), MIB)).isFalse();
        }
        for (int i = 0; i < 9; i++) {
            popularity.wanted(file(1, 10 * MIB), MIB);
        }
        assertThat(popularity.wanted(file(1, 10 * MIB), 2 * MIB)).isTrue();
    }

    @Test
    void whatWasAskedForLongAgoCountsLittle() {
        wanted(1, 10);
        later(Duration.ofSeconds(60));
        assertThat(wanted(1, 10)).isFalse(); // 1 + 1/4
        later(Duration.ofSeconds(1));
        assertThat(wanted(1, 10)).isTrue();
    }

    @Test
    void popularFilesFitTheBudgetTogether() {
        for (int i = 0; i < 2; i++) {
            wanted(1, 60);
            wanted(2, 60);
        }
        assertThat(wanted(1, 60)).isTrue();
        assertThat(wanted(2, 60)).as("no more popular than the one that is in").isFalse();
        for (int i = 0; i < 3; i++) {
            wanted(2, 60);
        }
        assertThat(wanted(2, 60)).isTrue();
        assertThat(popularity.wanted(file(1, 60 * MIB), 0)).as("had to leave").isFalse();
    }

    @Test
    void filesLargerThanTheBudgetNeverAre() {
        for (int i = 0; i < 100; i++) {
            assertThat(wanted(1, 101)).isFalse();
        }
    }

    @Test
    void manyFilesInTurnsMakeNoneOfThemDisplaceAnother() {
        long popular = 0;
        for (int round = 0; round < 20; round++) {
            popular = 0;
            for (int i = 0; i < 200; i++) {
                popular += wanted(i, 16) ? 1 : 0;
                later(Duration.ofMillis(5));
            }
        }
        assertThat(popular).as("six of 16 MiB fit").isLessThanOrEqualTo(6);
    }

    @Test
    void aFileOfAnotherSizeIsAnotherFile() {
        wanted(1, 10);
        assertThat(wanted(1, 11)).isFalse();
        assertThat(wanted(1, 11)).isTrue();
    }

    @Test
    void remembersABoundedNumber() {
        for (int i = 0; i < 100_000; i++) {
            wanted(i, 1);
        }
        assertThat(popularity.size()).isLessThanOrEqualTo(4096);
    }
}
