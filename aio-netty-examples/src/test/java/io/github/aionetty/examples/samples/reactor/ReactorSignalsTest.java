// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.Prerequisites;
import io.github.aionetty.examples.samples.Footprint;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/** On which threads, and what happens to those that come too late. */
@Timeout(60)
class ReactorSignalsTest {
    private static final int SIZE = 3_000_001;

    @TempDir Path root;
    private EventLoopGroup group;
    private Footprint footprint;

    @BeforeEach
    void start() throws Exception {
        Prerequisites.direct(root);
        Content.file(root.resolve("file"), SIZE);
        group = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
        footprint = new Footprint(root);
    }

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void buffersComeOnTheThreadOfTheConnection() {
        Set<Thread> connection = ConcurrentHashMap.newKeySet();
        Set<Thread> signals = ConcurrentHashMap.newKeySet();
        DisposableServer server =
                HttpServer.create()
                        .runOn(group)
                        .handle(
                                (request, response) -> {
                                    connection.add(Thread.currentThread());
                                    return send(response, signals);
                                })
                        .bindNow();
        try {
            assertThat(get(server.port())).isEqualTo(Content.bytes(0, SIZE));
            assertThat(signals).hasSize(1).isEqualTo(connection);
        } finally {
            server.disposeNow();
        }
        footprint.assertNothingIsLeft();
    }

    private Mono<Void> send(HttpServerResponse response, Set<Thread> signals) {
        Function<AioFile, Flux<ByteBuf>> content =
                file ->
                        ReactorFileServer.content(file, SIZE)
                                .doOnNext(bytes -> signals.add(Thread.currentThread()));
        return Mono.usingWhen(
                ReactorFileServer.open(
                        AioContext.of(ReactorFileServer.loop(response)), root.resolve("file")),
                file -> response.send(content.apply(file)).then(),
                file -> Mono.fromRunnable(file::close));
    }

    private byte[] get(int port) {
        return HttpClient.create()
                .runOn(group)
                .get()
                .uri("http://127.0.0.1:" + port + "/")
                .responseContent()
                .aggregate()
                .asByteArray()
                .block();
    }

    @Test
    void aFileThatNobodyWaitsForAnyMoreIsClosed() throws Exception {
        AioContext aio = AioContext.of(group.next());
        for (int i = 0; i < 100; i++) {
            Disposable opening = ReactorFileServer.open(aio, root.resolve("file")).subscribe();
            opening.dispose();
        }
        AioFile last = aio.open(root.resolve("file")).get();
        assertThat(footprint.openFiles()).isPositive();
        last.close().get();
        footprint.assertNothingIsLeft();
    }
}
