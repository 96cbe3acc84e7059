// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.examples.http.Neighbours.Neighbour;
import io.github.aionetty.examples.http.Tree.Located;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Iterator;
import java.util.List;

/**
 * Answers with a regular file, or with a compressed form of it that lies beside: selects which, and
 * opens it. Also for HEAD, which is to have the status that GET has.
 */
final class FileResponder {
    private final Exchange exchange;
    private final Located original;
    private final String mediaType;

    /**
     * Begins nothing yet.
     *
     * @param original the file
     */
    FileResponder(Exchange exchange, Located original) {
        this.exchange = exchange;
        this.original = original;
        this.mediaType = MediaTypes.of(original.path().getFileName().toString());
    }

    void respond() {
        Neighbours neighbours = new Neighbours(exchange, original, wanted());
        neighbours.find(found -> openFirst(neighbours, found.iterator()));
    }

    private List<ContentCoding> wanted() {
        return MediaTypes.isCompressed(mediaType)
                ? List.of()
                : AcceptEncoding.preferred(
                        exchange.request().headers().getAll(HttpHeaderNames.ACCEPT_ENCODING));
    }

    private void openFirst(Neighbours neighbours, Iterator<Neighbour> found) {
        if (!found.hasNext()) {
            openOriginal();
            return;
        }
        Neighbour next = found.next();
        new FileOpener(
                        exchange,
                        next.path(),
                        false,
                        (file, now) -> {
                            if (neighbours.isUsable(now)) {
                                answer(file, now, next.coding());
                            } else {
                                file.close();
                                openFirst(neighbours, found);
                            }
                        },
                        gone -> openFirst(neighbours, found))
                .open(next.attributes());
    }

    private void openOriginal() {
        new FileOpener(exchange, original.path(), true, this::opened, exchange::fail)
                .open(original.attributes());
    }

    private void opened(AioFile file, AioFileAttributes now) {
        if (now.isRegularFile()) {
            answer(file, now, null);
        } else {
            exchange.error(HttpResponseStatus.FORBIDDEN);
        }
    }

    private void answer(AioFile file, AioFileAttributes now, ContentCoding coding) {
        new FileResponse(exchange, Representation.of(file, now, mediaType, coding)).send();
    }
}
