// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** What is wrong with a request before its path is looked at. */
final class RequestChecks {
    private RequestChecks() {}

    /**
     * Why a request is answered before its body has been read, after which the connection closes.
     *
     * @return the status, or {@code null} where the body is to be read first
     */
    static HttpResponseStatus refusal(HttpRequest request, long maxBody) {
        if (request.decoderResult().isFailure()) {
            return undecodable(request.decoderResult().cause());
        }
        HttpVersion version = request.protocolVersion();
        if (version.majorVersion() != 1) {
            return HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED;
        }
        int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
        // RFC 9112, 3.2: none in HTTP/1.1, or several, MUST be answered with 400.
        if (hosts > 1 || hosts == 0 && version.minorVersion() > 0) {
            return HttpResponseStatus.BAD_REQUEST;
        }
        if (!hasBody(request)) {
            return null;
        }
        if (!isGetOrHead(request)) {
            return HttpResponseStatus.METHOD_NOT_ALLOWED;
        }
        // A client that waits for 100 Continue has not sent its body, and now need not.
        boolean unwanted = HttpUtil.getContentLength(request, 0L) > maxBody;
        return unwanted || HttpUtil.is100ContinueExpected(request)
                ? HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE
                : null;
    }

    static boolean isGetOrHead(HttpRequest request) {
        return HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
    }

    private static boolean hasBody(HttpRequest request) {
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
