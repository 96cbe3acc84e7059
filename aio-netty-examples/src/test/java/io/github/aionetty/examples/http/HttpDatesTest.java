// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9110, 5.6.7. */
class HttpDatesTest {

    @Test
    void datesHaveTwoDigitDays() {
        assertThat(HttpDates.format(784111777)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(HttpDates.parse(HttpDates.format(784111777))).isEqualTo(784111777);
        assertThat(HttpDates.format(0)).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
        assertThat(HttpDates.parse(HttpDates.now())).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "'Sun, 06 Nov 1994 08:49:37 GMT', 784111777",
        "'Sunday, 06-Nov-94 08:49:37 GMT', 784111777",
        "'Sun Nov  6 08:49:37 1994', 784111777",
        "'Wed Nov 16 08:49:37 1994', 784975777",
        "'Mon, 06 Nov 1994 08:49:37 GMT', 784111777",
        "'Thu, 01 Jan 1970 00:00:00 GMT', 0",
        "'Wed, 31 Dec 1969 23:59:59 GMT', -1",
        "'Thu, 29 Feb 2024 00:00:00 GMT', 1709164800",
        "'Fri, 05 Sep 2025 01:02:03 GMT', 1757034123",
        "'Sun, 01 May 9999 00:00:00 GMT', 253381132800"
    })
    void readsThreeForms(String text, long seconds) {
        assertThat(HttpDates.parse(text)).isEqualTo(seconds);
    }

    @Test
    void twoDigitsAreTheYearThatIsNotFarAway() {
        int now = LocalDate.now(ZoneOffset.UTC).getYear();
        assertThat(yearOf(now + 49)).isEqualTo(now + 49);
        assertThat(yearOf(now + 51)).isEqualTo(now - 49);
    }

    private static int yearOf(int year) {
        long seconds =
                HttpDates.parse(String.format("Monday, 01-Jun-%02d 00:00:00 GMT", year % 100));
        return LocalDate.ofEpochDay(Math.floorDiv(seconds, 86_400)).getYear();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "tomorrow",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 +0100",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun, 06 nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 25:49:37 GMT",
                "Sun, 31 Feb 2021 00:00:00 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06-Nov-94 08:49:37 GMT",
                "1994-11-06T08:49:37Z",
                "784111777",
                "\u0661\u0662"
            })
    void takesNothingElse(String text) {
        assertThat(HttpDates.parse(text)).isEqualTo(HttpDates.NONE);
    }
}
