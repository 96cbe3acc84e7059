// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What has been selected to answer with: a file, opened, and what a client is told of it.
 *
 * @param file open for reading
 * @param attributes of what was opened, not of the name: size, validators and bytes belong together
 * @param validators of what is sent, the coding included
 * @param mediaType of the content, before it was coded
 * @param coding what it was compressed with; {@code null} for nothing
 */
record Representation(
        AioFile file,
        AioFileAttributes attributes,
        Validators validators,
        String mediaType,
        ContentCoding coding) {

    static Representation of(
            AioFile file, AioFileAttributes attributes, String mediaType, ContentCoding coding) {
        Validators validators =
                coding == null ? Validators.of(attributes) : Validators.of(attributes, coding);
        return new Representation(file, attributes, validators, mediaType, coding);
    }

    long size() {
        return attributes.size();
    }

    /** What every answer has in which it plays a part, 304 (RFC 9110, 15.4.5) and 412 included. */
    void addValidators(HttpHeaders headers) {
        validators.addTo(headers);
        addVary(headers);
    }

    /**
     * Also where it is not coded, and nothing has been looked for: with other wishes the answer
     * might be another, now or later.
     */
    void addVary(HttpHeaders headers) {
        if (!MediaTypes.isCompressed(mediaType)) {
            headers.set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
        }
    }
}
