// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFiles;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** From a request to what answers it: a file, a directory page, a redirect, or an error. */
final class RequestRouter {
    private final Path root;

    /**
     * Creates the router.
     *
     * @param root a real path
     */
    RequestRouter(Path root) {
        this.root = root;
    }

    void route(Exchange exchange) {
        if (HttpMethod.OPTIONS.equals(exchange.request().method())) {
            OptionsResponder.respond(exchange, exchange.allowed());
            return;
        }
        RequestPath path;
        try {
            path = RequestPath.parse(exchange.request().uri());
        } catch (Refusal e) {
            exchange.error(e.status());
            return;
        }
        if (path.isTemporary()) {
            exchange.error(HttpResponseStatus.NOT_FOUND);
            return;
        }
        if (HttpMethod.PUT.equals(exchange.request().method())) {
            put(exchange, path);
            return;
        }
        exchange.then(
                path.resolve(root, exchange.loop()),
                real ->
                        exchange.then(
                                AioFiles.of(exchange.loop())
                                        .attributes(real, LinkOption.NOFOLLOW_LINKS),
                                attributes -> answer(exchange, path, real, attributes)));
    }

    private void put(Exchange exchange, RequestPath path) {
        if (path.slash()) {
            exchange.error(HttpResponseStatus.CONFLICT); // A directory, or the name of none.
            return;
        }
        exchange.then(
                path.parent().resolve(root, exchange.loop()),
                directory -> new UploadResponder(exchange, directory, path.name()).put(),
                late -> {},
                cause ->
                        exchange.fail(
                                cause,
                                cause instanceof Refusal
                                        ? HttpResponseStatus.CONFLICT
                                        : UploadStatus.of(cause)));
    }

    private void answer(
            Exchange exchange, RequestPath path, Path real, AioFileAttributes attributes) {
        switch (attributes.kind()) {
            case REGULAR_FILE -> {
                if (path.slash()) {
                    exchange.error(HttpResponseStatus.NOT_FOUND);
                } else {
                    new FileResponder(exchange, real, attributes).respond();
                }
            }
            case DIRECTORY -> {
                if (path.slash()) {
                    new DirectoryResponder(exchange, root, real, path).list();
                } else {
                    redirect(exchange, path);
                }
            }
            // The real path has become a link just now.
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
