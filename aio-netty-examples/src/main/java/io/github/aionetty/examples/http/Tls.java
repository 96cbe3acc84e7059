// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.nio.file.Path;

/**
 * With which certificate to speak TLS.
 *
 * @param certificates a PEM file with the server's certificate and those above it, or {@code null}
 *     for a self-made one
 * @param key a PEM file with the private key in PKCS#8, or {@code null} likewise
 */
public record Tls(Path certificates, Path key) {
    /** A certificate made at the start, which no client trusts by itself. */
    public static final Tls SELF_MADE = new Tls(null, null);

    boolean isSelfMade() {
        return certificates == null;
    }
}
