// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes as people write them: 512M, 4G. */
public final class Size implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})([KMGT])");
    private static final String UNITS = "KMGT";
    private static final int UNIT_SHIFT = 10;

    /** For picocli. */
    public Size() {}

    @Override
    public Long convert(String text) {
        Matcher form = FORM.matcher(text.toUpperCase(Locale.ROOT));
        if (!form.matches()) {
            throw new TypeConversionException("'" + text + "' is no size such as 512M or 4G");
        }
        int unit = UNITS.indexOf(form.group(2)) + 1;
        return Math.multiplyExact(Long.parseLong(form.group(1)), 1L << unit * UNIT_SHIFT);
    }

    /** In the largest unit that leaves no less than one. */
    public static String text(long bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 1 << UNIT_SHIFT && unit < UNITS.length()) {
            value /= 1 << UNIT_SHIFT;
            unit++;
        }
        String number =
                String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.1f", value);
        return unit == 0 ? number + " bytes" : number + " " + UNITS.charAt(unit - 1) + "iB";
    }
}
