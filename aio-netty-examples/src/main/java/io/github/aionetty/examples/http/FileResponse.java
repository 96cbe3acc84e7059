// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import org.eclipse.jetty.http.ByteRange;

/**
 * Sends a representation: whole, ranges of it, or only that it has not changed. There is no
 * Cache-Control: how long a file stays as it is only its owner knows.
 */
final class FileResponse {
    private static final byte[] NOTHING = {};

    private final Exchange exchange;
    private final Representation selected;

    FileResponse(Exchange exchange, Representation selected) {
        this.exchange = exchange;
        this.selected = selected;
    }

    void send() {
        HttpHeaders request = exchange.request().headers();
        HttpMethod method = exchange.request().method();
        switch (Preconditions.evaluate(method, request, selected.validators())) {
            case PROCEED -> send(range(method, request));
            case NOT_MODIFIED -> exchange.sendHead(head(HttpResponseStatus.NOT_MODIFIED));
            case PRECONDITION_FAILED ->
                    exchange.send(head(HttpResponseStatus.PRECONDITION_FAILED), NOTHING);
        }
    }

    /** RFC 9110, 14.2: Range means nothing but with GET. */
    private RangeHeader range(HttpMethod method, HttpHeaders request) {
        return HttpMethod.GET.equals(method)
                        && Preconditions.rangeApplies(request, selected.validators())
                ? RangeHeader.of(request.getAll(HttpHeaderNames.RANGE), selected.size())
                : RangeHeader.WHOLE;
    }

    private HttpResponse head(HttpResponseStatus status) {
        HttpResponse head = exchange.head(status);
        selected.addValidators(head.headers());
        return head;
    }

    private void send(RangeHeader range) {
        if (range == RangeHeader.WHOLE) {
            sendWhole();
        } else if (range == RangeHeader.UNSATISFIABLE) {
            refuse();
        } else if (range.ranges().size() == 1) {
            // Also where several were asked for: simpler, and 15.3.7.2 leaves the choice.
            sendOne(range.ranges().get(0));
        } else {
            sendMany(range.ranges());
        }
    }

    private void refuse() {
        HttpResponse head = exchange.head(HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
        selected.addVary(head.headers());
        head.headers()
                .set(HttpHeaderNames.ACCEPT_RANGES, HttpHeaderValues.BYTES)
                .set(HttpHeaderNames.CONTENT_RANGE, ContentRange.unsatisfied(selected.size()));
        exchange.error(head);
    }

    private void sendWhole() {
        HttpResponse head = contentHead(HttpResponseStatus.OK, selected.size());
        describe(head.headers());
        if (exchange.isHead() || selected.size() == 0) {
            exchange.sendHead(head);
        } else {
            send(head, new ByteRange(0, selected.size() - 1));
        }
    }

    private void sendOne(ByteRange range) {
        HttpResponse head = contentHead(HttpResponseStatus.PARTIAL_CONTENT, range.getLength());
        describe(head.headers());
        head.headers().set(HttpHeaderNames.CONTENT_RANGE, ContentRange.of(range, selected.size()));
        send(head, range);
    }

    private void sendMany(List<ByteRange> ranges) {
        MultipartLayout layout = MultipartLayout.of(ranges, selected);
        HttpResponse head = contentHead(HttpResponseStatus.PARTIAL_CONTENT, layout.length());
        head.headers().set(HttpHeaderNames.CONTENT_TYPE, layout.contentType());
        Channel channel = exchange.context().channel();
        exchange.send(
                new BodySender(
                        exchange,
                        head,
                        ready ->
                                new MultipartBody(
                                        layout,
                                        range ->
                                                FileBytes.ofPart(
                                                        channel, selected, range, ready))));
    }

    private HttpResponse contentHead(HttpResponseStatus status, long length) {
        HttpResponse head = head(status);
        head.headers()
                .set(HttpHeaderNames.ACCEPT_RANGES, HttpHeaderValues.BYTES)
                .set(HttpHeaderNames.CONTENT_LENGTH, length);
        return head;
    }

    private void describe(HttpHeaders headers) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, selected.mediaType());
        if (selected.coding() != null) {
            headers.set(HttpHeaderNames.CONTENT_ENCODING, selected.coding().token());
        }
    }

    private void send(HttpResponse head, ByteRange range) {
        Channel channel = exchange.context().channel();
        exchange.send(
                new BodySender(
                        exchange, head, ready -> FileBytes.of(channel, selected, range, ready)));
    }
}
