// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.reactor;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.AioFiles;
import io.github.aionetty.AioFlow;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.examples.samples.SampleFiles;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** GET and PUT of the files of one directory, in Reactor Netty: each on its connection's loop. */
public final class ReactorFileServer {
    /**
     * Reactor Netty asks for 128 buffers in advance, whether the socket takes them or not: with
     * these a slow client holds 4 MiB.
     */
    private static final int CHUNK = 32 * 1024;

    private static final int READ_AHEAD = 4;

    private final SampleFiles files;

    private ReactorFileServer(Path directory) {
        this.files = new SampleFiles(directory);
    }

    /**
     * Serves a directory on a free port.
     *
     * @param group epoll loops: left to itself Reactor Netty would take io_uring where it finds it
     * @param directory what is served
     * @return listening
     */
    public static DisposableServer start(EventLoopGroup group, Path directory) {
        ReactorFileServer files = new ReactorFileServer(directory);
        return HttpServer.create()
                .runOn(group)
                .host("127.0.0.1")
                .port(0)
                .route(
                        routes ->
                                routes.get("/{name}", files::download)
                                        .put("/{name}", files::upload))
                .bindNow();
    }

    private Publisher<Void> download(HttpServerRequest request, HttpServerResponse response) {
        AioContext aio = AioContext.of(loop(response));
        return path(request)
                .flatMap(
                        path ->
                                Mono.usingWhen(
                                        open(aio, path),
                                        file -> send(file, response),
                                        file -> mono(file::close)))
                .onErrorResume(cause -> refuse(response, cause));
    }

    /** The client may go away while the file is being opened. */
    static Mono<AioFile> open(AioContext aio, Path path) {
        return mono(() -> aio.open(path, AioOpenOption.DIRECT))
                .doOnDiscard(AioFile.class, AioFile::close);
    }

    private static Mono<Void> send(AioFile file, HttpServerResponse response) {
        return mono(file::size)
                .flatMap(
                        size ->
                                response.header(HttpHeaderNames.CONTENT_LENGTH, size.toString())
                                        .send(content(file, size))
                                        .then());
    }

    /**
     * The content of a file. Reactor Netty releases what it has sent.
     *
     * @param file left open
     * @param size how many bytes
     * @return cold
     */
    static Flux<ByteBuf> content(AioFile file, long size) {
        return JdkFlowAdapter.flowPublisherToFlux(
                AioFlow.publisher(file, 0, size, CHUNK, READ_AHEAD));
    }

    private Publisher<Void> upload(HttpServerRequest request, HttpServerResponse response) {
        EventLoop loop = loop(response);
        return path(request)
                .flatMap(
                        path ->
                                exists(loop, path)
                                        .flatMap(
                                                replaced ->
                                                        receive(request, loop, path)
                                                                .thenReturn(replaced ? 204 : 201)))
                .flatMap(status -> response.status(status).send().then())
                .onErrorResume(cause -> refuse(response, cause));
    }

    private static Mono<Long> receive(HttpServerRequest request, EventLoop loop, Path path) {
        AioFileWriter.Builder builder = AioFileWriter.replacing(loop, path);
        String length = request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
        if (length != null) {
            builder.expectedLength(Long.parseLong(length));
        }
        AioFileWriter writer = builder.build();
        return mono(
                () -> {
                    // retain: the writer releases what it has written, and so does receive().
                    JdkFlowAdapter.publisherToFlowPublisher(request.receive().retain())
                            .subscribe(AioFlow.subscriber(writer));
                    return writer.future();
                });
    }

    private static Mono<Boolean> exists(EventLoop loop, Path path) {
        Mono<AioFileAttributes> found = mono(() -> AioFiles.of(loop).attributes(path));
        return found.hasElement().onErrorReturn(NoSuchFileException.class, false);
    }

    private Mono<Path> path(HttpServerRequest request) {
        return Mono.fromCallable(() -> files.resolve(request.param("name")));
    }

    private static Mono<Void> refuse(HttpServerResponse response, Throwable cause) {
        if (response.hasSentHeaders()) {
            return Mono.error(cause); // closes the connection: something is missing
        }
        return response.status(SampleFiles.status(cause))
                .header(HttpHeaderNames.CONTENT_LENGTH, "0")
                .keepAlive(false) // the rest of a body may be on its way: it is not waited for
                .send()
                .then();
    }

    static EventLoop loop(HttpServerResponse response) {
        EventLoop[] loop = new EventLoop[1];
        response.withConnection(connection -> loop[0] = connection.channel().eventLoop());
        return loop[0];
    }

    private static <T> Mono<T> mono(Supplier<Future<T>> operation) {
        return Mono.create(
                sink ->
                        operation
                                .get()
                                .addListener(
                                        (FutureListener<T>)
                                                done -> {
                                                    if (done.isSuccess()) {
                                                        sink.success(done.getNow());
                                                    } else {
                                                        sink.error(done.cause());
                                                    }
                                                }));
    }
}
