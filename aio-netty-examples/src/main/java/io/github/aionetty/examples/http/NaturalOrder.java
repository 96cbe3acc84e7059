// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.util.Comparator;

/**
 * Names as people order them: numbers by their value, capital and small letters alike. Total, so
 * that a page is the same each time: what is alike otherwise is ordered by its characters.
 */
final class NaturalOrder implements Comparator<String> {
    static final NaturalOrder INSTANCE = new NaturalOrder();

    private NaturalOrder() {}

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            char c = a.charAt(i);
            char d = b.charAt(j);
            if (isDigit(c) && isDigit(d)) {
                int endA = endOfNumber(a, i);
                int endB = endOfNumber(b, j);
                int order = compareNumbers(a, i, endA, b, j, endB);
                if (order != 0) {
                    return order;
                }
                i = endA;
                j = endB;
            } else {
                int order = Character.compare(fold(c), fold(d));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
        }
        int order = Integer.compare(a.length() - i, b.length() - j);
        return order != 0 ? order : a.compareTo(b);
    }

    /** Of any length: they need not fit into a long. */
    private static int compareNumbers(String a, int i, int endA, String b, int j, int endB) {
        int from = withoutZeros(a, i, endA);
        int other = withoutZeros(b, j, endB);
        int order = Integer.compare(endA - from, endB - other);
        while (order == 0 && from < endA) {
            order = Character.compare(a.charAt(from++), b.charAt(other++));
        }
        return order;
    }

    private static int withoutZeros(String text, int from, int end) {
        int at = from;
        while (at < end && text.charAt(at) == '0') {
            at++;
        }
        return at;
    }

    private static int endOfNumber(String text, int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** As {@link String#CASE_INSENSITIVE_ORDER} does. */
    private static char fold(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }
}
