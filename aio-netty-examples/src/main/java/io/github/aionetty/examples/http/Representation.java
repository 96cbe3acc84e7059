// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;

/**
 * What has been selected to answer with: a file, opened, and what a client is told of it.
 *
 * @param file open for reading
 * @param attributes of what was opened, not of the name: size, validators and bytes belong together
 * @param mediaType of the content
 */
record Representation(AioFile file, AioFileAttributes attributes, String mediaType) {

    long size() {
        return attributes.size();
    }
}
