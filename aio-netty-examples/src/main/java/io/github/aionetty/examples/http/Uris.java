// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/** Percent-encoding, RFC 3986. */
final class Uris {
    private static final BitSet UNRESERVED = new BitSet(128);

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
                .chars()
                .forEach(UNRESERVED::set);
    }

    private Uris() {}

    /** One segment; all but unreserved characters escaped, so that no name reads as a scheme. */
    static String segment(String name) {
        StringBuilder out = new StringBuilder(name.length() + 16);
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            append(out, b, b >= 0 && UNRESERVED.get(b));
        }
        return out.toString();
    }

    /** An absolute path with a slash at its end, and never two at its start. */
    static String directory(List<String> names) {
        StringBuilder out = new StringBuilder("/");
        names.forEach(name -> out.append(segment(name)).append('/'));
        return out.toString();
    }

    /** A query as it came, but for bytes that a header should not carry. */
    static String asciiQuery(String query) {
        StringBuilder out = new StringBuilder(query.length());
        for (byte b : query.getBytes(StandardCharsets.ISO_8859_1)) {
            append(out, b, b > ' ' && b < 0x7f);
        }
        return out.toString();
    }

    private static void append(StringBuilder out, byte b, boolean literal) {
        if (literal) {
            out.append((char) b);
        } else {
            out.append('%')
                    .append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)))
                    .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
        }
    }
}
