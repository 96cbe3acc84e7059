// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of If-Match and If-None-Match: {@code *}, or entity tags. What is malformed matches
 * nothing, and so does what comes after it.
 *
 * <p>Not Jetty's QuotedCSV and EtagUtils: the first takes a backslash for an escape, which it is
 * not in a tag, and the second takes two tags for one if they differ behind {@code --}.
 */
final class EntityTags {
    /** RFC 9110, 8.8.3; a list may have empty elements (5.6.1.2), and a tag commas. */
    private static final Pattern TAG =
            Pattern.compile("\\G[ \t,]*((?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")[ \t]*(?:,|$)");

    private final boolean any;
    private final List<String> tags = new ArrayList<>();

    /**
     * Reads a header.
     *
     * @param lines its values, which are one list
     */
    EntityTags(List<String> lines) {
        String list = String.join(",", lines);
        // One of several lines that are all a star is as good as one.
        any = stars(list.split(","));
        Matcher tag = TAG.matcher(list);
        while (tag.find()) {
            tags.add(tag.group(1));
        }
    }

    private static boolean stars(String[] elements) {
        return elements.length > 0
                && Arrays.stream(elements).allMatch(element -> element.strip().equals("*"));
    }

    /** Whether it is {@code *}: any state of the file, as long as there is one. */
    boolean any() {
        return any;
    }

    /** RFC 9110, 8.8.3.2: both tags are strong, and the same. */
    boolean matchStrongly(String etag) {
        return !isWeak(etag) && tags.contains(etag);
    }

    /** RFC 9110, 8.8.3.2: the same, whether weak or not. */
    boolean matchWeakly(String etag) {
        String opaque = opaque(etag);
        return tags.stream().anyMatch(tag -> opaque(tag).equals(opaque));
    }

    private static boolean isWeak(String etag) {
        return etag.startsWith("W/");
    }

    private static String opaque(String etag) {
        return isWeak(etag) ? etag.substring(2) : etag;
    }
}
