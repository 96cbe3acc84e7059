// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.http.RawClient.Response;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartByteRanges;
import org.eclipse.jetty.io.Content;

/** A response with several ranges, as Jetty's client would read it. */
final class ByteRangesParts {
    private ByteRangesParts() {}

    /** One of them. */
    record Part(String range, String contentType, String coding, byte[] bytes) {}

    static List<Part> of(Response response) throws Exception {
        assertThat(response.status()).isEqualTo(206);
        String type = response.header("content-type");
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        assertThat(response.header("content-range")).isNull();
        assertThat(response.header("content-encoding")).isNull();
        return of(type, response.body());
    }

    static List<Part> of(String contentType, byte[] body) throws Exception {
        MultiPartByteRanges.Parser parser =
                new MultiPartByteRanges.Parser(MultiPart.extractBoundary(contentType));
        List<Part> parts = new ArrayList<>();
        for (MultiPart.Part part :
                parser.parse(Content.Source.from(ByteBuffer.wrap(body)))
                        .get(10, TimeUnit.SECONDS)) {
            HttpFields headers = part.getHeaders();
            ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
            byte[] bytes = new byte[content.remaining()];
            content.get(bytes);
            parts.add(
                    new Part(
                            headers.get("content-range"),
                            headers.get("content-type"),
                            headers.get("content-encoding"),
                            bytes));
        }
        return parts;
    }
}
