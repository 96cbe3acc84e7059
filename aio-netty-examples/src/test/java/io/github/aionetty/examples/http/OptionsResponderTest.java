// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsResponderTest {

    @Test
    void saysWhichMethodsThereAre() {
        EmbeddedChannel channel =
                new EmbeddedChannel(new HttpResponseEncoder(), new ChannelInboundHandlerAdapter());
        List<Boolean> finished = new ArrayList<>();
        OptionsResponder.respond(
                new Exchange(
                        channel.pipeline().lastContext(),
                        new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.OPTIONS, "*"),
                        true,
                        finished::add),
                "GET, HEAD, OPTIONS");
        ByteBuf bytes = channel.readOutbound();
        String response = bytes.toString(StandardCharsets.US_ASCII);
        bytes.release();
        assertThat(response)
                .startsWith("HTTP/1.1 204 No Content\r\n")
                .contains("\r\nallow: GET, HEAD, OPTIONS\r\n")
                .doesNotContain("content-length")
                .doesNotContain("transfer-encoding")
                .endsWith("\r\n\r\n");
        assertThat(finished).containsExactly(true);
        channel.releaseOutbound();
    }
}
