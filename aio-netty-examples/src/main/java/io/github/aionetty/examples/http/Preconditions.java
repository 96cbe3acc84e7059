// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** If-None-Match, If-Modified-Since and If-Range, RFC 9110, 13. */
final class Preconditions {
    private static final Pattern ENTITY_TAG =
            Pattern.compile("\\G[ \t]*(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")[ \t]*(?:,|$)");

    private Preconditions() {}

    /** Whether the client has what it asks for (304). */
    static boolean notModified(HttpHeaders request, Validators file) {
        List<String> tags = request.getAll(HttpHeaderNames.IF_NONE_MATCH);
        if (!tags.isEmpty()) {
            return weaklyMatches(String.join(",", tags), file.etag());
        }
        // Only without If-None-Match, which knows more than a second's resolution.
        String since = request.get(HttpHeaderNames.IF_MODIFIED_SINCE);
        return since != null && file.lastModified() <= HttpDates.parse(since);
    }

    private static boolean weaklyMatches(String tags, String etag) {
        if (tags.strip().equals("*")) {
            return true;
        }
        Matcher tag = ENTITY_TAG.matcher(tags);
        while (tag.find()) {
            if (tag.group(1).equals(etag)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a range of the present state is what the client wants: with If-Range, only if the
     * validator matches strongly; bytes of two states must not be joined.
     */
    static boolean rangeApplies(HttpHeaders request, Validators file) {
        String ifRange = request.get(HttpHeaderNames.IF_RANGE);
        if (ifRange == null) {
            return true;
        }
        String validator = ifRange.strip();
        if (validator.startsWith("\"") || validator.startsWith("W/")) {
            return validator.equals(file.etag());
        }
        return file.dateIsStrong() && HttpDates.parse(validator) == file.lastModified();
    }
}
