// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.util.BitSet;

/** Host and port, as Host has them and the absolute form of a target (RFC 3986, 3.2). */
final class Authority {
    /** Unreserved characters and sub-delimiters. */
    private static final BitSet NAME = new BitSet(128);

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;="
                .chars()
                .forEach(NAME::set);
    }

    private Authority() {}

    /**
     * Whether it can be one, as a Host that can not has to be refused (RFC 9112, 3.2). An empty one
     * can, as of a target that has none; a user in front cannot.
     */
    static boolean isValid(String text) {
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : nameEnd(text);
        boolean named = text.startsWith("[") ? isAddress(text, end) : isName(text, end);
        return named && isPort(text, end);
    }

    /** The same, and that there is a host in it, as in each {@code http} URI (RFC 9110, 4.2.1). */
    static boolean isValidInUri(String text) {
        return isValid(text) && !text.isEmpty() && text.charAt(0) != ':';
    }

    private static int nameEnd(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? text.length() : colon;
    }

    private static boolean isName(String text, int end) {
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '%') {
                if (i + 2 >= end || !isHex(text.charAt(i + 1)) || !isHex(text.charAt(i + 2))) {
                    return false;
                }
                i += 2;
            } else if (!NAME.get(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Of version 6 or later, in brackets; whether there is such an address nobody asks. */
    private static boolean isAddress(String text, int end) {
        for (int i = 1; i < end - 1; i++) {
            if (text.charAt(i) != ':' && !NAME.get(text.charAt(i))) {
                return false;
            }
        }
        return end > 2;
    }

    private static boolean isPort(String text, int start) {
        if (start == text.length()) {
            return true;
        }
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.charAt(start) == ':';
    }

    private static boolean isHex(char c) {
        return c < 0x7f && Character.digit(c, 16) >= 0;
    }
}
