// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.util.Locale;

/** Text and numbers for a page. */
final class Html {
    private static final String UNITS = "KMGTPE";

    private Html() {}

    /** Safe in text and in quoted attributes; what cannot be seen shows as U+FFFD. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isInvisible(c)) {
                out.append('\ufffd');
            } else {
                append(out, c);
            }
        }
        return out.toString();
    }

    /**
     * A name as a piece of text of its own: none of its characters touches the text around it or
     * deceives the reader. What cannot be seen shows as its code point, and blanks at its ends are
     * marked.
     */
    static String name(String name) {
        int first = 0;
        while (first < name.length() && Character.isSpaceChar(name.charAt(first))) {
            first++;
        }
        int end = name.length();
        while (end > first && Character.isSpaceChar(name.charAt(end - 1))) {
            end--;
        }
        StringBuilder out = new StringBuilder(name.length() + 32).append("<bdi>");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (isInvisible(c)) {
                out.append(String.format(Locale.ROOT, "<mark>U+%04X</mark>", (int) c));
            } else if (i < first || i >= end) {
                out.append("<mark>").append(c).append("</mark>");
            } else {
                append(out, c);
            }
        }
        return out.append("</bdi>").toString();
    }

    private static void append(StringBuilder out, char c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.append(c);
        }
    }

    /**
     * Controls, those of the direction of text among them, and what has no width. The joiners
     * U+200C and U+200D are left alone: scripts and emoji need them.
     */
    private static boolean isInvisible(char c) {
        if (c >= ' ' && c < 0x7f) {
            return false; // Nearly all of them.
        }
        return Character.isISOControl(c)
                || c == '\u00ad'
                || c == '\u061c'
                || c == '\u180e'
                || c == '\u200b'
                || c >= '\u200e' && c <= '\u200f'
                || c >= '\u2028' && c <= '\u202e'
                || c >= '\u2060' && c <= '\u206f'
                || c == '\ufeff'
                || c >= '\ufff9' && c <= '\ufffb';
    }

    /** Such as {@code 512 B}, {@code 1.5 KiB}, {@code 12 GiB}. */
    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        double value = bytes / (double) (1L << unit * 10);
        long tenths = Math.round(value * 10);
        long whole = Math.round(value);
        if (whole == 1024) {
            unit++;
            tenths = 10;
        }
        String digits = tenths < 100 ? tenths / 10 + "." + tenths % 10 : Long.toString(whole);
        return digits + " " + UNITS.charAt(unit - 1) + "iB";
    }

    /** Such as {@code 1 file}, {@code 12,345 files}. */
    static String count(long number, String noun) {
        StringBuilder out = new StringBuilder().append(number);
        for (int comma = out.length() - 3; comma > 0; comma -= 3) {
            out.insert(comma, ',');
        }
        return out.append(' ').append(noun).append(number == 1 ? "" : "s").toString();
    }
}
