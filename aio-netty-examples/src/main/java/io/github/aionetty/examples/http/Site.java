// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Map;

/** What all connections share: the limits, who answers, and who looks on. */
final class Site {
    private final Limits limits;
    private final boolean upload;
    private final Disks disks;
    private final RequestRouter router = new RequestRouter();
    private final Map<String, Route> routes;
    private final List<ExchangeObserver> observers;

    /**
     * Creates the site.
     *
     * @param disks the files
     * @param routes what is answered otherwise, by exact path
     */
    Site(
            Limits limits,
            boolean upload,
            Disks disks,
            Map<String, Route> routes,
            List<ExchangeObserver> observers) {
        this.limits = limits;
        this.upload = upload;
        this.disks = disks;
        this.routes = Map.copyOf(routes);
        this.observers = List.copyOf(observers);
    }

    Disks disks() {
        return disks;
    }

    Limits limits() {
        return limits;
    }

    /** For the Allow header: the methods that some resource here has. */
    String allow() {
        return upload ? "GET, HEAD, OPTIONS, PUT" : "GET, HEAD, OPTIONS";
    }

    boolean allows(HttpMethod method) {
        return HttpMethod.GET.equals(method)
                || HttpMethod.HEAD.equals(method)
                || HttpMethod.OPTIONS.equals(method)
                || upload && HttpMethod.PUT.equals(method);
    }

    /** Whether the body is for who answers, and not to be thrown away first. */
    boolean takesBody(HttpRequest head) {
        return upload && HttpMethod.PUT.equals(head.method());
    }

    void route(Exchange exchange) {
        Route route = routes.isEmpty() ? null : routes.get(path(exchange.request().uri()));
        if (route != null && RequestChecks.isGetOrHead(exchange.request())) {
            route.answer(exchange);
        } else {
            router.route(exchange);
        }
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    void ended(Exchange exchange) {
        for (ExchangeObserver observer : observers) {
            observer.ended(exchange);
        }
    }
}
