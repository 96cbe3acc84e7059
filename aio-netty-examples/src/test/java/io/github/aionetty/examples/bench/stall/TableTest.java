// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Results as people and processes get them. */
class TableTest {
    private final Results results = new Results();

    TableTest() {
        for (int micros : new int[] {300, 12, 150_000, 9_996, 4_200}) {
            results.add("direct read", "ext4", micros * 1000L);
        }
        results.add("fsync", "ext4", 1_000_000);
        results.add("fsync", "xfs", 2_000_000);
    }

    @Test
    void alignsColumns() {
        assertThat(new Table(List.of("ext4", "xfs"), results, null).text())
                .isEqualTo(
                        """
                        longest stall, ms  ext4                xfs
                        direct read        0.01 / 4.20 / 150   -
                        fsync              1.00 / 1.00 / 1.00  2.00 / 2.00 / 2.00
                        """);
    }

    @Test
    void hasTheNaiveNextToTheOther() {
        Results naive = new Results();
        naive.add("fsync", "xfs", 99_000_000);
        assertThat(new Table(List.of("xfs"), results, naive).markdown())
                .isEqualTo(
                        """
                        | longest stall, ms | xfs | xfs, routing off |
                        |---|---|---|
                        | direct read | - | - |
                        | fsync | 2.00 / 2.00 / 2.00 | 99 / 99 / 99 |
                        """);
    }

    @Test
    void anotherProcessReadsWhatOneWrote() {
        String written = "some other line\n" + RawResults.write(results);
        Results read = RawResults.read(written.lines().toList());
        assertThat(read.cells()).containsExactly("direct read", "fsync");
        assertThat(read.sorted("direct read", "ext4"))
                .containsExactly(12_000, 300_000, 4_200_000, 9_996_000, 150_000_000);
        assertThat(read.fileSystems("fsync")).containsExactlyInAnyOrder("ext4", "xfs");
    }
}
