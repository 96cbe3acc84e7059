// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.util.Locale;

/** Text and numbers for a page. */
final class Html {
    private static final String UNITS = "KMGTPE";

    private Html() {}

    /** Safe in text and in quoted attributes; control characters show as U+FFFD. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(Character.isISOControl(c) ? '\ufffd' : c);
            }
        }
        return out.toString();
    }

    /** Such as {@code 512 B}, {@code 1.5 KiB}, {@code 12 GiB}. */
    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        double value = bytes / (double) (1L << unit * 10);
        String digits = String.format(Locale.ROOT, value < 9.95 ? "%.1f" : "%.0f", value);
        if (digits.equals("1024")) {
            unit++;
            digits = "1.0";
        }
        return digits + " " + UNITS.charAt(unit - 1) + "iB";
    }
}
