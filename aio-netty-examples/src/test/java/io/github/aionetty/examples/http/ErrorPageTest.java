// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorPageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8 | true",
                "Text/HTML;charset=utf-8;q=0.1 | true",
                "*/* | false",
                "text/* | false",
                "text/html;q=0, */* | false",
                "application/json | false",
                "'' | false",
                "text/html;q=x, ;;,\" | false"
            })
    void isForThoseWhoNameHtml(String accept, boolean wanted) {
        HttpHeaders headers = new DefaultHttpHeaders().add("accept", accept);
        assertThat(ErrorPage.isWanted(headers)).isEqualTo(wanted);
        assertThat(ErrorPage.isWanted(new DefaultHttpHeaders())).isFalse();
    }

    @Test
    void saysWhatHappenedAndLeadsUp() {
        assertThat(ErrorPage.render(HttpResponseStatus.NOT_FOUND, "/a%20b/%3Ci%3E?x=/"))
                .startsWith("<!DOCTYPE html>")
                .contains("<title>404 Not Found</title>", "<h1>404 Not Found</h1>")
                .contains("There is nothing at this address.")
                .contains("<li><a href=\"../\">Index of /</a></li>")
                .contains("<li><a href=\"./\"><bdi>a b</bdi>/</a></li>")
                .contains("<li><span aria-current=\"page\"><bdi>&lt;i&gt;</bdi></span></li>")
                .contains("<p><a href=\"./\">To the folder above</a></p>");
        assertThat(ErrorPage.render(HttpResponseStatus.FORBIDDEN, "/a/b/"))
                .contains("<li><a href=\"../../\">Index of /</a></li>")
                .contains("<li><a href=\"../\"><bdi>a</bdi>/</a></li>")
                .contains("<p><a href=\"../\">To the folder above</a></p>");
    }

    @Test
    void survivesEveryTarget() {
        for (String target :
                new String[] {"/%zz", "/../x", "*", "", "//host/<script>\"", "/\u0000", "/"}) {
            assertThat(ErrorPage.render(HttpResponseStatus.BAD_REQUEST, target))
                    .as(target)
                    .contains("<h1>400 Bad Request</h1>")
                    .doesNotContain("<script", "//host");
        }
        HttpResponseStatus odd = HttpResponseStatus.parseLine("499 <b>");
        assertThat(ErrorPage.render(odd, "/")).contains("<h1>499 &lt;b&gt;</h1>");
    }

    @Test
    void fillsTheHeadersOfEither() {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/a");
        HttpResponse response = response();
        assertThat(text(request, response)).isEqualTo("404 Not Found\n");
        assertThat(response.headers().get("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(response.headers().get("vary")).isEqualTo("accept");
        request.headers().set("accept", "text/html");
        response = response();
        assertThat(text(request, response)).startsWith("<!DOCTYPE html>");
        assertThat(response.headers().get("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(response.headers().get("content-security-policy"))
                .startsWith("default-src 'none'; style-src 'sha256-");
        assertThat(response.headers().get("vary")).isEqualTo("accept");
    }

    private static HttpResponse response() {
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_FOUND);
    }

    private static String text(HttpRequest request, HttpResponse response) {
        return new String(ErrorPage.fill(request, response), StandardCharsets.UTF_8);
    }
}
