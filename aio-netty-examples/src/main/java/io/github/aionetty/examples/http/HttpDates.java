// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.time.Instant;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpDateTime;

/**
 * Dates of RFC 9110, 5.6.7, by Jetty. Written by DateGenerator, since HttpDateTime.format gives the
 * day of the month one digit where IMF-fixdate has two; read by HttpDateTime, which takes all three
 * forms of the RFC.
 */
final class HttpDates {
    private HttpDates() {}

    static String now() {
        return DateGenerator.formatDate(System.currentTimeMillis());
    }

    static String format(long epochSecond) {
        return DateGenerator.formatDate(Instant.ofEpochSecond(epochSecond));
    }

    /**
     * Reads a date.
     *
     * @return seconds since 1970, or {@code Long.MIN_VALUE} for what is no date
     */
    static long parse(String text) {
        // HttpDateTime takes every zone for GMT; only asctime's form has none, and ends in a year.
        boolean gmt = text.endsWith("GMT") || text.matches(".*:[0-9]{2} [0-9]{4}");
        long millis = gmt ? HttpDateTime.parseToEpoch(text) : -1;
        return millis == -1 ? Long.MIN_VALUE : Math.floorDiv(millis, 1000L);
    }
}
