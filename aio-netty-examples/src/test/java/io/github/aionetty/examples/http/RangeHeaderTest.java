// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.ByteRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeHeaderTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=0-, 0, 999",
        "bytes=999-, 999, 999",
        "bytes=10-99999999999999999999999, 10, 999",
        "bytes=000000000000000000000000001-2, 1, 2",
        "bytes=0-1000, 0, 999",
        "bytes=-1, 999, 999",
        "bytes=-1000, 0, 999",
        "bytes=-99999999999999999999999, 0, 999",
        "Bytes=1-2, 1, 2",
        "bytes= 1-2, 1, 2",
        "'bytes=0-1,', 0, 1",
        "'bytes=,, 0-1 , ', 0, 1",
        "'bytes=0-1,2-3', 0, 3",
        "'bytes=0-,5-6', 0, 999",
        "'bytes=2000-,0-1', 0, 1",
        "'bytes=-0,0-1', 0, 1",
        "'bytes=10-19,30-39,15-34', 10, 39",
        "'bytes=-10,-20', 980, 999"
    })
    void givesTheBytes(String header, long first, long last) {
        assertThat(RangeHeader.of(List.of(header), 1000).ranges())
                .containsExactly(new ByteRange(first, last));
    }

    @ParameterizedTest
    @CsvSource({
        "'bytes=0-1,3-4', 0-1 3-4",
        "'bytes=3-4,0-1', 3-4 0-1",
        "'bytes=-1, 0-0', 999-999 0-0",
        "'bytes=0-0,2-2,4-4,2-3', 0-0 2-4",
        "'bytes=900-,0-9,5-14,-100', 900-999 0-14",
        "'bytes=5000-,3-4,-0,0-1', 3-4 0-1",
        "'bytes=50-59,0-9,60-69,10-19,100-99999999999999999999', 50-69 0-19 100-999"
    })
    void joinsWhatTouchesAndKeepsTheOrder(String header, String ranges) {
        assertThat(RangeHeader.of(List.of(header), 1000).ranges())
                .extracting(range -> range.first() + "-" + range.last())
                .containsExactly(ranges.split(" "));
    }

    @Test
    void ignoresFloods() {
        String most = ranges(RangeHeader.MAX_RANGES);
        assertThat(RangeHeader.of(List.of(most), 1000).ranges()).hasSize(RangeHeader.MAX_RANGES);
        assertThat(RangeHeader.of(List.of(ranges(RangeHeader.MAX_RANGES + 1)), 1000))
                .isSameAs(RangeHeader.WHOLE);
        assertThat(RangeHeader.of(List.of("bytes=0-" + ",0-".repeat(RangeHeader.MAX_RANGES)), 1000))
                .as("the same range too often")
                .isSameAs(RangeHeader.WHOLE);
    }

    private static String ranges(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i * 3 + "-" + (i * 3 + 1))
                .collect(Collectors.joining(",", "bytes=", ""));
    }

    /** Whatever is asked for, exactly those bytes are sent, and none twice. */
    @Test
    void sendsEachByteThatIsAskedForOnce() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            int size = 1 + random.nextInt(60);
            BitSet asked = new BitSet();
            StringBuilder header = new StringBuilder("bytes=");
            for (int n = 1 + random.nextInt(8); n > 0; n--) {
                int first = random.nextInt(70);
                int last = first + random.nextInt(12);
                header.append(first).append('-').append(last).append(n > 1 ? "," : "");
                asked.set(first, last + 1);
            }
            asked.clear(size, 100);
            RangeHeader range = RangeHeader.of(List.of(header.toString()), size);
            BitSet sent = new BitSet();
            long total = 0;
            for (ByteRange part : range.ranges()) {
                sent.set((int) part.first(), (int) part.last() + 1);
                total += part.getLength();
            }
            assertThat(sent).as("%s of %d", header, size).isEqualTo(asked);
            assertThat(total).isEqualTo(asked.cardinality());
            assertThat(range == RangeHeader.UNSATISFIABLE).isEqualTo(asked.isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=1000-",
                "bytes=1000-2000",
                "bytes=-0",
                "bytes=-00",
                "bytes=99999999999999999999999-",
                "bytes=1000-,2000-3000,-0"
            })
    void knowsWhatCannotBeSatisfied(String header) {
        assertThat(RangeHeader.of(List.of(header), 1000)).isSameAs(RangeHeader.UNSATISFIABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=2-1",
                "bytes=a-b",
                "bytes=+1-2",
                "bytes=1",
                "bytes=,",
                "bytes=0-1,3",
                "bytes=0-1,5-4",
                "bytes=0-1,bytes=3-4",
                "bytes=0-1;3-4",
                "items=0-1",
                "bytes=0x1-2",
                "bytes=1--2",
                "bytes:0-1",
                "bytes=\u0661-\u0662",
                "bytes=0 - 1"
            })
    void ignoresWhatIsMalformed(String header) {
        assertThat(RangeHeader.of(List.of(header), 1000)).isSameAs(RangeHeader.WHOLE);
    }

    @Test
    void ignoresNoneAndRepeatedHeaders() {
        assertThat(RangeHeader.of(List.of(), 1000)).isSameAs(RangeHeader.WHOLE);
        assertThat(RangeHeader.of(List.of("bytes=0-1", "bytes=0-1"), 1000))
                .isSameAs(RangeHeader.WHOLE);
    }

    @Test
    void anEmptyFileHasNoFirstByteButALastFew() {
        assertThat(RangeHeader.of(List.of("bytes=0-"), 0)).isSameAs(RangeHeader.UNSATISFIABLE);
        assertThat(RangeHeader.of(List.of("bytes=-0"), 0)).isSameAs(RangeHeader.UNSATISFIABLE);
        assertThat(RangeHeader.of(List.of("bytes=-5"), 0)).isSameAs(RangeHeader.WHOLE);
        assertThat(RangeHeader.of(List.of("bytes=0-1,-5"), 0)).isSameAs(RangeHeader.WHOLE);
        assertThat(RangeHeader.of(List.of("bytes=0-1,-0"), 0)).isSameAs(RangeHeader.UNSATISFIABLE);
    }

    @Test
    void positionsAreLongs() {
        long size = 6L << 30;
        assertThat(RangeHeader.of(List.of("bytes=5000000000-5000000001"), size).ranges())
                .containsExactly(new ByteRange(5_000_000_000L, 5_000_000_001L));
    }
}
