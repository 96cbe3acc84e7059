// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioOpenOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.eclipse.jetty.http.ByteRange;

/** Answers with a regular file: whole, one range of it, or that it has not changed. */
final class FileResponder {
    /**
     * From here on a file goes past the page cache; smaller ones are likely to be asked for again.
     */
    static final long DIRECT_SIZE = 256 * 1024;

    // The path is a real one: a link in its place has been put there since.
    private static final Set<OpenOption> BUFFERED =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> DIRECT =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS, AioOpenOption.DIRECT);

    private final Exchange exchange;
    private final Path path;

    FileResponder(Exchange exchange, Path path) {
        this.exchange = exchange;
        this.path = path;
    }

    /** Opens also for HEAD, which is to have the status that GET has. */
    void open(long size) {
        open(size >= DIRECT_SIZE ? DIRECT : BUFFERED);
    }

    private void open(Set<OpenOption> options) {
        exchange.then(
                AioContext.of(exchange.loop()).open(path, options),
                this::opened,
                AioFile::close,
                cause -> {
                    if (options == DIRECT && refusesDirect(cause)) {
                        open(BUFFERED);
                    } else {
                        exchange.fail(cause);
                    }
                });
    }

    /** File systems without O_DIRECT say EINVAL at open. */
    private static boolean refusesDirect(Throwable cause) {
        return cause instanceof AioException e && e.errno() == FailureStatus.EINVAL;
    }

    private void opened(AioFile file) {
        exchange.closeAtEnd(file);
        // Of what was opened, not of the name: size, validators and bytes belong together.
        exchange.then(file.attributes(), attributes -> respond(file, attributes));
    }

    private void respond(AioFile file, AioFileAttributes attributes) {
        if (!attributes.isRegularFile()) {
            exchange.error(HttpResponseStatus.FORBIDDEN);
            return;
        }
        HttpHeaders request = exchange.request().headers();
        Validators validators = Validators.of(attributes);
        switch (Preconditions.evaluate(exchange.request().method(), request, validators)) {
            case PROCEED -> sendSelected(file, attributes, validators);
            case NOT_MODIFIED -> {
                HttpResponse head = exchange.head(HttpResponseStatus.NOT_MODIFIED);
                validators.addTo(head.headers());
                exchange.sendHead(head);
            }
            case PRECONDITION_FAILED -> {
                HttpResponse head = exchange.head(HttpResponseStatus.PRECONDITION_FAILED);
                validators.addTo(head.headers());
                exchange.send(head, new byte[0]);
            }
        }
    }

    private void sendSelected(AioFile file, AioFileAttributes attributes, Validators validators) {
        HttpHeaders request = exchange.request().headers();
        // RFC 9110, 14.2: Range means nothing but with GET.
        boolean ranged =
                HttpMethod.GET.equals(exchange.request().method())
                        && Preconditions.rangeApplies(request, validators);
        RangeHeader range =
                ranged
                        ? RangeHeader.of(request.getAll(HttpHeaderNames.RANGE), attributes.size())
                        : RangeHeader.WHOLE;
        if (range == RangeHeader.UNSATISFIABLE) {
            HttpResponse head = exchange.head(HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
            head.headers()
                    .set(
                            HttpHeaderNames.CONTENT_RANGE,
                            ByteRange.toNonSatisfiableHeaderValue(attributes.size()));
            exchange.error(head);
            return;
        }
        send(file, attributes, range, validators);
    }

    private void send(
            AioFile file, AioFileAttributes attributes, RangeHeader range, Validators validators) {
        long size = attributes.size();
        HttpResponse head =
                exchange.head(
                        range == RangeHeader.WHOLE
                                ? HttpResponseStatus.OK
                                : HttpResponseStatus.PARTIAL_CONTENT);
        HttpHeaders headers = head.headers();
        validators.addTo(headers);
        headers.set(HttpHeaderNames.ACCEPT_RANGES, HttpHeaderValues.BYTES);
        headers.set(HttpHeaderNames.CONTENT_TYPE, MediaTypes.of(path.getFileName().toString()));
        long first = 0;
        long end = size;
        if (range != RangeHeader.WHOLE) {
            first = range.range().first();
            end = range.range().last() + 1;
            headers.set(HttpHeaderNames.CONTENT_RANGE, range.range().toHeaderValue(size));
        }
        headers.set(HttpHeaderNames.CONTENT_LENGTH, end - first);
        if (exchange.isHead() || first == end) {
            exchange.sendHead(head);
        } else {
            exchange.send(new BodySender(exchange, file, attributes, head, first, end));
        }
    }
}
