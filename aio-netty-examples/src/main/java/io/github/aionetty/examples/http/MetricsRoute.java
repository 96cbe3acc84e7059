// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** {@code /metrics}, as OpenMetrics. Written by a thread of its own, which ends when idle. */
final class MetricsRoute implements Route, AutoCloseable {
    static final String PATH = "/metrics";

    private static final String OPEN_METRICS =
            "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /** Whoever asks more often than it can be written is told to wait. */
    private static final int QUEUE = 16;

    private final PrometheusMeterRegistry registry;
    private final ExecutorService writer =
            new ThreadPoolExecutor(
                    0,
                    1,
                    10,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(QUEUE),
                    new DefaultThreadFactory("metrics", true));

    MetricsRoute(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void answer(Exchange exchange) {
        Promise<String> text = exchange.loop().newPromise();
        exchange.then(text, written -> send(exchange, written));
        try {
            writer.execute(
                    () -> {
                        try {
                            text.setSuccess(registry.scrape(OPEN_METRICS));
                        } catch (Throwable t) {
                            text.setFailure(t);
                        }
                    });
        } catch (RejectedExecutionException e) {
            text.setFailure(e);
        }
    }

    private static void send(Exchange exchange, String text) {
        HttpResponse head = exchange.head(HttpResponseStatus.OK);
        head.headers().set(HttpHeaderNames.CONTENT_TYPE, OPEN_METRICS);
        exchange.send(head, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        writer.shutdown();
        registry.close();
    }
}
