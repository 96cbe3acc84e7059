// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Locale;

/** What is wrong with a request before its path is looked at. */
final class RequestChecks {
    private RequestChecks() {}

    /**
     * Why a request is answered before its path is looked at.
     *
     * @return the status, or {@code null} where nothing is wrong
     */
    static HttpResponseStatus refusal(HttpRequest request, Site site) {
        if (request.decoderResult().isFailure()) {
            return undecodable(request.decoderResult().cause());
        }
        HttpVersion version = request.protocolVersion();
        if (version.majorVersion() != 1) {
            return HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED;
        }
        if (request.uri().length() > site.limits().requestLine()) {
            return HttpResponseStatus.REQUEST_URI_TOO_LONG; // HTTP/2 has no request line.
        }
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        // RFC 9112, 3.2: none in HTTP/1.1, several, or no valid one MUST be answered with 400.
        if (hosts.size() > 1
                || hosts.isEmpty() && version.minorVersion() > 0
                || !hosts.isEmpty() && !Authority.isValid(hosts.get(0))) {
            return HttpResponseStatus.BAD_REQUEST;
        }
        HttpResponseStatus framing = framing(request.headers());
        if (framing != null) {
            return framing;
        }
        if (!site.allows(request.method())) {
            return HttpResponseStatus.METHOD_NOT_ALLOWED;
        }
        if (expectsMore(request.headers())) {
            return HttpResponseStatus.EXPECTATION_FAILED;
        }
        long most = site.takesBody(request) ? site.limits().upload() : Limits.IGNORED_BODY;
        return HttpUtil.getContentLength(request, 0L) > most
                ? HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE
                : null;
    }

    /** Than 100 (Continue); the list may be empty (RFC 9110, 10.1.1). */
    private static boolean expectsMore(HttpHeaders headers) {
        for (String list : headers.getAll(HttpHeaderNames.EXPECT)) {
            for (String expectation : list.split(",")) {
                if (!expectation.isBlank()
                        && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(
                                expectation.strip())) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * RFC 9112, 6.1 and 6.3: where a body ends has to be sure, or what follows it is taken for a
     * request that the client never made.
     */
    private static HttpResponseStatus framing(HttpHeaders headers) {
        List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (codings.isEmpty()
                || codings.size() == 1
                        && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(
                                codings.get(0).strip())) {
            return null;
        }
        String last = codings.get(codings.size() - 1).strip().toLowerCase(Locale.ROOT);
        return last.endsWith("chunked")
                ? HttpResponseStatus.NOT_IMPLEMENTED
                : HttpResponseStatus.BAD_REQUEST;
    }

    /** Whether the connection can go on after the request has been refused by its head alone. */
    static boolean mayStay(HttpRequest request) {
        return request.decoderResult().isSuccess()
                && !request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
                && !hasBody(request);
    }

    static boolean isGetOrHead(HttpRequest request) {
        return HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
    }

    static boolean hasBody(HttpRequest request) {
        return HttpUtil.isTransferEncodingChunked(request)
                || HttpUtil.getContentLength(request, 0L) > 0;
    }

    private static HttpResponseStatus undecodable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return HttpResponseStatus.REQUEST_URI_TOO_LONG;
        }
        return cause instanceof TooLongFrameException
                ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                : HttpResponseStatus.BAD_REQUEST;
    }
}
