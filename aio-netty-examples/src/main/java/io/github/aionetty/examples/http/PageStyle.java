// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The style of all pages, a resource that is read once, and what a page may do beside it. */
final class PageStyle {
    static final String CSS = read();

    /**
     * This style, the pictures in it, and nothing else: should a name ever get past the escaping,
     * it still cannot run, load or send anything.
     */
    private static final String POLICY =
            "default-src 'none'; style-src 'sha256-"
                    + hash(CSS)
                    + "'; img-src data:; base-uri 'none'; form-action 'none'";

    private PageStyle() {}

    /** The headers of a page. */
    static void set(HttpHeaders headers) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY);
    }

    /** Without its comments, which no browser needs. */
    private static String read() {
        try (InputStream css = PageStyle.class.getResourceAsStream("page.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?s)/\\*.*?\\*/\\s*", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every JRE has it.
        }
    }
}
