// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioBuffers;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioMetrics;
import io.github.aionetty.AioRoute;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The server's meters: its requests, its connections, and what the library says of itself. */
final class ServerMetrics implements ExchangeObserver {
    private static final int CLASSES = 6;

    private final Timer[] requests = new Timer[CLASSES];
    private final Counter sent;
    private final Counter received;

    ServerMetrics(MeterRegistry registry, ChannelGroup connections, Iterable<EventExecutor> loops) {
        for (int i = 0; i < CLASSES; i++) {
            requests[i] = requests(registry, i == 0 ? "aborted" : i + "xx");
        }
        sent = bytes(registry, "http.server.sent", "Of responses' bodies");
        received = bytes(registry, "http.server.received", "Of requests' bodies");
        Gauge.builder("http.server.connections", connections, ChannelGroup::size)
                .description("Open connections")
                .register(registry);
        Gauge.builder("aio.buffers.slabs", AioBuffers::slabMemory)
                .description("Memory of the library's buffers")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("aio.buffers.used", AioBuffers::usedSlabMemory)
                .description("Memory of buffers in use")
                .baseUnit("bytes")
                .register(registry);
        int number = 0;
        for (EventExecutor loop : loops) {
            of(registry, AioContext.of((EventLoop) loop).metrics(), Tags.of("loop", "" + number++));
        }
    }

    private static Timer requests(MeterRegistry registry, String status) {
        return Timer.builder("http.server.requests")
                .description("Requests, until the last byte of the response")
                .tag("status", status)
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(10),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10))
                .register(registry);
    }

    private static Counter bytes(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).baseUnit("bytes").register(registry);
    }

    private static void of(MeterRegistry registry, AioMetrics aio, Tags tags) {
        gauge(
                registry,
                aio,
                tags,
                "aio.in.flight",
                "Operations in the kernel",
                AioMetrics::inFlight);
        gauge(registry, aio, tags, "aio.pending", "Operations that wait", AioMetrics::pending);
        gauge(
                registry,
                aio,
                tags,
                "aio.longest.stall",
                "Seconds that a submission has kept the loop at most",
                metrics -> metrics.longestStallNanos() / (double) TimeUnit.SECONDS.toNanos(1));
        count(registry, aio, tags, "aio.completed", "Operations", AioMetrics::completed);
        count(registry, aio, tags, "aio.submits", "Calls of io_submit", AioMetrics::submits);
        count(
                registry,
                aio,
                tags,
                "aio.stalls",
                "Submissions that kept the loop",
                AioMetrics::stalls);
        for (AioRoute route : AioRoute.values()) {
            count(
                    registry,
                    aio,
                    tags.and("route", route.name().toLowerCase(Locale.ROOT)),
                    "aio.routed",
                    "Transfers by the way they took",
                    metrics -> metrics.routed(route));
        }
    }

    private static void gauge(
            MeterRegistry registry,
            AioMetrics aio,
            Tags tags,
            String name,
            String description,
            ToDoubleFunction<AioMetrics> value) {
        Gauge.builder(name, aio, value).tags(tags).description(description).register(registry);
    }

    private static void count(
            MeterRegistry registry,
            AioMetrics aio,
            Tags tags,
            String name,
            String description,
            ToDoubleFunction<AioMetrics> value) {
        FunctionCounter.builder(name, aio, value)
                .tags(tags)
                .description(description)
                .register(registry);
    }

    @Override
    public void ended(Exchange exchange) {
        int status = exchange.status() == null ? 0 : exchange.status().code() / 100;
        requests[status].record(exchange.nanos(), TimeUnit.NANOSECONDS);
        sent.increment(exchange.bytesSent());
        received.increment(exchange.bytesReceived());
    }
}
