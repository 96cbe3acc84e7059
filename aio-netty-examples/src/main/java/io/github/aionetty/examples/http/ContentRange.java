// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import org.eclipse.jetty.http.ByteRange;

/**
 * Content-Range, RFC 9110, 14.4. Not by Jetty's ByteRange, which writes digits as the default
 * locale does.
 */
final class ContentRange {
    private ContentRange() {}

    static String of(ByteRange range, long size) {
        return "bytes " + range.first() + '-' + range.last() + '/' + size;
    }

    /** For 416. */
    static String unsatisfied(long size) {
        return "bytes */" + size;
    }
}
