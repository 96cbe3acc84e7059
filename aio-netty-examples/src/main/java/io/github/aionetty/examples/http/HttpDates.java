// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.eclipse.jetty.http.DateGenerator;

/**
 * Dates of RFC 9110, 5.6.7. Written by Jetty's DateGenerator; not read by its HttpDateTime, which
 * is for cookies: it takes two dates for the first of them, every zone for GMT, and no year 70.
 */
final class HttpDates {
    /** No date; earlier than all. */
    static final long NONE = Long.MIN_VALUE;

    private static final int IMF_LENGTH = 29;

    private static final DateTimeFormatter IMF =
            strict(new DateTimeFormatterBuilder().appendPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'"));

    /** A year that seems to be more than 50 years away is one that has been. */
    private static final DateTimeFormatter RFC850 =
            strict(
                    new DateTimeFormatterBuilder()
                            .appendPattern("EEEE, dd-MMM-")
                            .appendValueReduced(
                                    ChronoField.YEAR,
                                    2,
                                    2,
                                    Instant.now().atOffset(ZoneOffset.UTC).getYear() - 49)
                            .appendPattern(" HH:mm:ss 'GMT'"));

    private static final DateTimeFormatter ASCTIME =
            strict(new DateTimeFormatterBuilder().appendPattern("EEE MMM ppd HH:mm:ss uuuu"));

    private HttpDates() {}

    private static DateTimeFormatter strict(DateTimeFormatterBuilder builder) {
        return builder.toFormatter(Locale.US)
                .withZone(ZoneOffset.UTC)
                .withResolverStyle(ResolverStyle.STRICT)
                // Whether that was a Sunday indeed is nobody's business.
                .withResolverFields(
                        ChronoField.YEAR,
                        ChronoField.MONTH_OF_YEAR,
                        ChronoField.DAY_OF_MONTH,
                        ChronoField.HOUR_OF_DAY,
                        ChronoField.MINUTE_OF_HOUR,
                        ChronoField.SECOND_OF_MINUTE);
    }

    static String now() {
        return DateGenerator.formatDate(System.currentTimeMillis());
    }

    static String format(long epochSecond) {
        return DateGenerator.formatDate(Instant.ofEpochSecond(epochSecond));
    }

    /**
     * Reads a date, in any of the three forms.
     *
     * @return seconds since 1970, or {@link #NONE} for what is no date
     */
    static long parse(String text) {
        DateTimeFormatter form;
        if (text.length() == IMF_LENGTH) {
            form = IMF;
        } else {
            form = text.endsWith("GMT") ? RFC850 : ASCTIME;
        }
        try {
            return form.parse(text).getLong(ChronoField.INSTANT_SECONDS);
        } catch (DateTimeException e) {
            return NONE;
        }
    }
}
