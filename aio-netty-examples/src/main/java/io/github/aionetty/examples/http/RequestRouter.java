// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioDirectory;
import io.github.aionetty.examples.http.Tree.Located;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.Future;
import java.nio.file.InvalidPathException;

/** From a request to what answers it: a file, a directory page, a redirect, or an error. */
final class RequestRouter {
    void route(Exchange exchange) {
        if (HttpMethod.OPTIONS.equals(exchange.request().method())) {
            OptionsResponder.respond(exchange);
            return;
        }
        RequestPath path;
        try {
            path = RequestPath.parse(exchange.request().uri());
        } catch (Refusal e) {
            exchange.error(e.status());
            return;
        }
        Disk mounted = exchange.mounted(path);
        if (mounted != null) {
            exchange.enter(mounted);
            path = path.mounted();
        }
        if (path.isTemporary()) {
            exchange.error(HttpResponseStatus.NOT_FOUND);
            return;
        }
        if (HttpMethod.PUT.equals(exchange.request().method())) {
            put(exchange, path);
            return;
        }
        get(exchange, path);
    }

    private static void get(Exchange exchange, RequestPath path) {
        exchange.then(locate(exchange, path), located -> answer(exchange, path, located));
    }

    private void put(Exchange exchange, RequestPath path) {
        if (path.slash() || path.isRoot()) {
            exchange.error(HttpResponseStatus.CONFLICT); // A directory, or the name of none.
            return;
        }
        exchange.then(
                locate(exchange, path.parent()),
                parent -> openDirectory(exchange, path, parent),
                late -> {},
                cause -> exchange.fail(cause, UploadStatus.of(cause)));
    }

    private static void openDirectory(Exchange exchange, RequestPath path, Located parent) {
        if (!parent.attributes().isDirectory()) {
            exchange.error(HttpResponseStatus.CONFLICT);
            return;
        }
        exchange.then(
                exchange.disk().tree().on(exchange.loop()).openDirectory(parent.path()),
                directory -> new UploadResponder(exchange, directory, path.name()).put(),
                AioDirectory::close,
                cause -> exchange.fail(cause, UploadStatus.of(cause)));
    }

    private static Future<Located> locate(Exchange exchange, RequestPath path) {
        try {
            return exchange.disk().tree().locate(exchange.loop(), path.relative());
        } catch (InvalidPathException e) {
            return exchange.loop().newFailedFuture(e);
        }
    }

    private static void answer(Exchange exchange, RequestPath path, Located located) {
        switch (located.attributes().kind()) {
            case REGULAR_FILE -> {
                if (path.slash()) {
                    exchange.error(HttpResponseStatus.NOT_FOUND);
                } else {
                    new FileResponder(exchange, located).respond();
                }
            }
            case DIRECTORY -> {
                if (path.slash()) {
                    new DirectoryResponder(exchange, located.path(), path).list();
                } else {
                    redirect(exchange, path);
                }
            }
            // What was a real path has become a link just now.
            case SYMBOLIC_LINK -> exchange.error(HttpResponseStatus.NOT_FOUND);
            // FIFO, socket, device: opening one may hang, or do something.
            default -> exchange.error(HttpResponseStatus.FORBIDDEN);
        }
    }

    /**
     * To the same path with a slash, so that the page's relative links work. Made from the decoded
     * names: echoing {@code //host} would send the browser to another host.
     */
    private static void redirect(Exchange exchange, RequestPath path) {
        HttpResponse head = exchange.head(HttpResponseStatus.MOVED_PERMANENTLY);
        head.headers()
                .set(
                        HttpHeaderNames.LOCATION,
                        Uris.directory(path.names()) + Uris.asciiQuery(path.query()));
        exchange.error(head);
    }
}
