// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
        "bytes= 1-2, 1, 2"
    })
    void givesTheBytes(String header, long first, long last) {
        assertThat(RangeHeader.of(List.of(header), 1000).range())
                .isEqualTo(new ByteRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=1000-",
                "bytes=1000-2000",
                "bytes=-0",
                "bytes=-00",
                "bytes=99999999999999999999999-"
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
                "bytes=0-1,3-4",
                "bytes=0-1,",
                "items=0-1",
                "bytes=0x1-2",
                "bytes=1--2",
                "bytes:0-1",
                "bytes=\u0661-\u0662",
                "bytes=0 - 1"
            })
    void ignoresWhatIsMalformedOrManifold(String header) {
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
    }

    @Test
    void positionsAreLongs() {
        long size = 6L << 30;
        assertThat(RangeHeader.of(List.of("bytes=5000000000-5000000001"), size).range())
                .isEqualTo(new ByteRange(5_000_000_000L, 5_000_000_001L));
    }
}
