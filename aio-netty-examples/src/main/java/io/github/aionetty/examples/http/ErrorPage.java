// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.QuotedQualityCSV;

/** What went wrong, as a page for those who read pages, and else as a line of text. */
final class ErrorPage {
    private ErrorPage() {}

    /** Sets the headers of the content, and returns it. */
    static byte[] fill(HttpRequest request, HttpResponse response) {
        HttpHeaders headers = response.headers();
        headers.add(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT);
        String content;
        if (isWanted(request.headers())) {
            PageStyle.set(headers);
            content = render(response.status(), request.uri());
        } else {
            headers.set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
            content = response.status() + "\n";
        }
        return content.getBytes(StandardCharsets.UTF_8);
    }

    /** Browsers name HTML. Others take anything, if they say so at all. */
    static boolean isWanted(HttpHeaders headers) {
        QuotedQualityCSV accepted = new QuotedQualityCSV();
        try {
            headers.getAll(HttpHeaderNames.ACCEPT).forEach(accepted::addValue);
        } catch (IllegalArgumentException e) {
            return false; // Its quotes do not match.
        }
        return accepted.getValues().stream()
                .anyMatch(type -> HttpHeaderValues.TEXT_HTML.contentEqualsIgnoreCase(mime(type)));
    }

    private static String mime(String type) {
        return type.replaceFirst(";.*", "").strip();
    }

    /**
     * The page.
     *
     * @param status the response's
     * @param target the request's, as it came
     */
    static String render(HttpResponseStatus status, String target) {
        StringBuilder page = new StringBuilder(8192);
        Page.start(page, status.toString(), false);
        String parent = "/"; // Where the target has no path that could be shown.
        try {
            RequestPath path = RequestPath.parse(target);
            page.append("<header>\n");
            Breadcrumbs.append(page, path.names(), path.slash(), "", "span");
            page.append("</header>\n");
            if (!path.names().isEmpty()) {
                parent = path.slash() ? "../" : "./";
            }
        } catch (Refusal e) {
            // It may be why this page is shown.
        }
        page.append("<main class=\"error\">\n<h1>")
                .append(Html.escape(status.toString()))
                .append("</h1>\n<p>")
                .append(sentence(status.code()))
                .append("</p>\n<p><a href=\"")
                .append(parent)
                .append(parent.equals("/") ? "\">To the start" : "\">To the folder above")
                .append("</a></p>\n</main>\n");
        Page.end(page);
        return page.toString();
    }

    private static String sentence(int status) {
        return switch (status) {
            case 301 -> "This is a folder, and its address ends with a slash.";
            case 400 -> "The server does not understand this address.";
            case 403 -> "The server may not, or will not, show this.";
            case 404 -> "There is nothing at this address. It may have been moved or deleted.";
            case 405 -> "This cannot be done to it here.";
            case 408 -> "The request did not arrive in time.";
            case 409 -> "There is a folder of this name, or none that it could be put into.";
            case 412 -> "The file has changed meanwhile.";
            case 413 -> "This is more than the server takes.";
            case 414 -> "This address is too long.";
            case 416 -> "The file has no such part. It may have become shorter.";
            case 431 -> "The request's headers are too long.";
            case 503 -> "The server has too much to do. Try it again in a moment.";
            case 507 -> "The server's disk is full.";
            default ->
                    status < 500
                            ? "The server does not take this request."
                            : "The server could not do this; its log says why.";
        };
    }
}
