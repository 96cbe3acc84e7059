// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.file.Path;

/**
 * Answers with a regular file. Opens it also for HEAD, which is to have the status that GET has.
 */
final class FileResponder {
    private final Exchange exchange;
    private final Path path;
    private final AioFileAttributes attributes;
    private final String mediaType;

    /**
     * Begins nothing yet.
     *
     * @param path a real one
     * @param attributes of what is there
     */
    FileResponder(Exchange exchange, Path path, AioFileAttributes attributes) {
        this.exchange = exchange;
        this.path = path;
        this.attributes = attributes;
        this.mediaType = MediaTypes.of(path.getFileName().toString());
    }

    void respond() {
        new FileOpener(exchange, path, this::opened, exchange::fail).open(attributes.size());
    }

    private void opened(AioFile file, AioFileAttributes now) {
        if (now.isRegularFile()) {
            new FileResponse(exchange, new Representation(file, now, mediaType)).send();
        } else {
            exchange.error(HttpResponseStatus.FORBIDDEN);
        }
    }
}
