// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110, 12.5.3. */
class AcceptEncodingTest {

    @ParameterizedTest
    @CsvSource({
        "'gzip, deflate, br, zstd', br zstd gzip",
        "'gzip', gzip",
        "'GZip', gzip",
        "'x-gzip', gzip",
        "'*', br zstd gzip",
        "'', ''",
        "'deflate, compress', ''",
        "'identity', ''",
        // Weights first.
        "'gzip;q=1.0, br;q=0.5', gzip br",
        "'gzip;q=0.001, zstd;q=0.002', zstd gzip",
        "'gzip ; q=0.8 ,br; Q=0.9', br gzip",
        "'br;q=0.5, zstd;q=0.50, gzip;q=0.500', br zstd gzip",
        // Never.
        "'gzip;q=0', ''",
        "'gzip;q=0.000, br', br",
        "'*, br;q=0', zstd gzip",
        "'*;q=0', ''",
        "'*;q=0, gzip', gzip",
        // Not where the client likes the file as it is better.
        "'identity, gzip;q=0.5', ''",
        "'identity;q=0.5, gzip;q=0.4, br;q=0.6', br",
        "'identity, gzip', gzip",
        "'*;q=0.5, gzip;q=0.4', br zstd",
        "'identity;q=0, gzip;q=0.1', gzip",
        "'identity;q=0', ''",
        // What is malformed does not count, and the rest does.
        "'gzip;q=2, br', br",
        "'gzip;q=-1, br', br",
        "'gzip;q=0.1234, br', br",
        "'gzip;q=NaN, br', br",
        "'gzip;q=1.5, br', br",
        "'gzip;level=9, br', br",
        "'gzip br', ''",
        "',, gzip,,', gzip",
        "'gzip;q=0.', ''",
        "'gzip;q=1.', gzip",
        "'gzip, gzip;q=0', ''"
    })
    void ordersWhatIsAcceptable(String header, String codings) {
        assertThat(tokens(List.of(header))).isEqualTo(codings);
    }

    @Test
    void linesAreOneList() {
        assertThat(tokens(List.of("gzip", "br;q=0.9"))).isEqualTo("gzip br");
    }

    @Test
    void whoSaysNothingGetsTheFileAsItIs() {
        assertThat(AcceptEncoding.preferred(List.of())).isEmpty();
    }

    private static String tokens(List<String> lines) {
        return AcceptEncoding.preferred(lines).stream()
                .map(ContentCoding::token)
                .collect(Collectors.joining(" "));
    }
}
