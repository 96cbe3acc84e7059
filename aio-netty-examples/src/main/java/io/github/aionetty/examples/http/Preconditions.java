// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.List;

/**
 * What a request wants to be true before it is done, RFC 9110, 13. To be looked at only where the
 * method would succeed without (13.2.1).
 */
final class Preconditions {

    /** What a method has to do. */
    enum Outcome {
        /** Its work. */
        PROCEED,
        /** Nothing: GET and HEAD are answered with 304. */
        NOT_MODIFIED,
        /** Nothing: 412. */
        PRECONDITION_FAILED
    }

    private Preconditions() {}

    /**
     * Looks at all preconditions, in the order of 13.2.2; If-Range is {@link #rangeApplies}.
     *
     * @param method what is to be done
     * @param request the headers
     * @param current the selected representation; {@code null} where there is none, as before a PUT
     *     that creates it
     */
    static Outcome evaluate(HttpMethod method, HttpHeaders request, Validators current) {
        List<String> match = request.getAll(HttpHeaderNames.IF_MATCH);
        if (!match.isEmpty()) {
            if (!matches(match, current)) {
                return Outcome.PRECONDITION_FAILED;
            }
        } else if (current != null && current.hasDate()) {
            // Without If-Match, which knows more than a second's resolution; so for the other two.
            long since = date(request, HttpHeaderNames.IF_UNMODIFIED_SINCE);
            if (since != HttpDates.NONE && current.lastModified() > since) {
                return Outcome.PRECONDITION_FAILED;
            }
        }
        boolean reads = HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
        List<String> noneMatch = request.getAll(HttpHeaderNames.IF_NONE_MATCH);
        if (!noneMatch.isEmpty()) {
            if (noneMatches(noneMatch, current)) {
                return Outcome.PROCEED;
            }
            return reads ? Outcome.NOT_MODIFIED : Outcome.PRECONDITION_FAILED;
        }
        if (reads && current != null && current.hasDate()) {
            long since = date(request, HttpHeaderNames.IF_MODIFIED_SINCE);
            if (since != HttpDates.NONE && current.lastModified() <= since) {
                return Outcome.NOT_MODIFIED;
            }
        }
        return Outcome.PROCEED;
    }

    /** Whether a file is to be made and none replaced: {@code If-None-Match: *}. */
    static boolean wantsNone(HttpHeaders request) {
        return new EntityTags(request.getAll(HttpHeaderNames.IF_NONE_MATCH)).any();
    }

    /** Whether what is there has a say. */
    static boolean areThere(HttpHeaders request) {
        return request.contains(HttpHeaderNames.IF_MATCH)
                || request.contains(HttpHeaderNames.IF_NONE_MATCH)
                || request.contains(HttpHeaderNames.IF_UNMODIFIED_SINCE);
    }

    /** Bytes are to be got or replaced: the same ones, and not what is as good. */
    private static boolean matches(List<String> values, Validators current) {
        EntityTags tags = new EntityTags(values);
        return current != null && (tags.any() || tags.matchStrongly(current.etag()));
    }

    private static boolean noneMatches(List<String> values, Validators current) {
        EntityTags tags = new EntityTags(values);
        return current == null || !tags.any() && !tags.matchWeakly(current.etag());
    }

    /** What is no date is ignored, and so are two of them. */
    private static long date(HttpHeaders request, CharSequence name) {
        List<String> values = request.getAll(name);
        return values.size() == 1 ? HttpDates.parse(values.get(0)) : HttpDates.NONE;
    }

    /**
     * Whether a range of the present state is what the client wants: with If-Range, only if the
     * validator matches strongly; bytes of two states must not be joined.
     */
    static boolean rangeApplies(HttpHeaders request, Validators file) {
        List<String> values = request.getAll(HttpHeaderNames.IF_RANGE);
        if (values.size() != 1) {
            return values.isEmpty();
        }
        String validator = values.get(0).strip();
        if (validator.startsWith("\"") || validator.startsWith("W/")) {
            return validator.equals(file.etag()) && !validator.startsWith("W/");
        }
        return file.dateIsStrong() && HttpDates.parse(validator) == file.lastModified();
    }
}
