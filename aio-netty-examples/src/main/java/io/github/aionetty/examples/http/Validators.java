// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFileAttributes;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.TimeUnit;

/**
 * What tells one state of a file from another.
 *
 * @param etag strong: a change of the bytes changes size or modification time (in nanoseconds), and
 *     a file put in the place of another has another inode; kernels before 6.13 count these
 *     nanoseconds in steps of some milliseconds, and two writes within one may look like one
 * @param lastModified seconds since 1970, never in the future (RFC 9110, 8.8.2.1)
 * @param now seconds since 1970, of the response
 */
record Validators(String etag, long lastModified, long now) {

    /** Of a page that is made anew each time: no tag matches it, and it has no date. */
    static final Validators NONE = new Validators("", HttpDates.NONE, HttpDates.NONE);

    static Validators of(AioFileAttributes file) {
        return of(file, "");
    }

    /**
     * Of one of several representations, whose tags must differ even where two names lead to one
     * file (RFC 9110, 8.8.3.3).
     */
    static Validators of(AioFileAttributes file, ContentCoding coding) {
        return of(file, '-' + coding.token());
    }

    private static Validators of(AioFileAttributes file, String suffix) {
        long nanos = file.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        long now = TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
        String etag =
                '"'
                        + Long.toHexString(file.inode())
                        + '-'
                        + Long.toHexString(nanos)
                        + '-'
                        + Long.toHexString(file.size())
                        + suffix
                        + '"';
        return new Validators(
                etag, Math.min(now, Math.floorDiv(nanos, TimeUnit.SECONDS.toNanos(1))), now);
    }

    boolean hasDate() {
        return lastModified != HttpDates.NONE;
    }

    /**
     * Whether the file has been still for long enough that a second's resolution tells states
     * apart.
     */
    boolean dateIsStrong() {
        return now - lastModified > 1;
    }

    void addTo(HttpHeaders headers) {
        headers.set(HttpHeaderNames.ETAG, etag);
        headers.set(HttpHeaderNames.LAST_MODIFIED, HttpDates.format(lastModified));
    }
}
