// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.vertx;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.AioFiles;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.examples.samples.SampleFiles;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.PromiseInternal;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * GET and PUT of the files of one directory, in Vert.x: each on the event loop of its connection.
 * Make the Vert.x with {@code withTransport(Transport.EPOLL)}: on NIO loops a thread pool would do
 * the work.
 */
public final class VertxFileServer extends VerticleBase {
    private final SampleFiles files;
    private HttpServer server;

    /**
     * Not started yet: deploy it.
     *
     * @param directory what is served
     */
    public VertxFileServer(Path directory) {
        this.files = new SampleFiles(directory);
    }

    @Override
    public Future<?> start() {
        server = vertx.createHttpServer().requestHandler(this::handle);
        return server.listen(0, "127.0.0.1");
    }

    /**
     * Where it listens.
     *
     * @return the port, once it is deployed
     */
    public int port() {
        return server.actualPort();
    }

    private void handle(HttpServerRequest request) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        HttpServerResponse response = request.response();
        Future<Void> answered;
        try {
            Path path = files.resolve(request.path().substring(1));
            if (request.method() == HttpMethod.GET) {
                answered = download(context, path, response);
            } else if (request.method() == HttpMethod.PUT) {
                answered = upload(context, path, request);
            } else {
                answered = response.setStatusCode(405).end();
            }
        } catch (NoSuchFileException e) {
            answered = Future.failedFuture(e);
        }
        answered.onFailure(cause -> fail(request, cause));
    }

    private static Future<Void> download(
            ContextInternal context, Path path, HttpServerResponse response) {
        AioContext aio = AioContext.of(context.nettyEventLoop());
        return VertxFileServer.<AioFile>future(
                        context, open -> aio.open(path, AioOpenOption.DIRECT).addListener(open))
                .compose(
                        file ->
                                send(context, file, response)
                                        .eventually(() -> close(context, file)));
    }

    private static Future<Void> send(
            ContextInternal context, AioFile file, HttpServerResponse response) {
        return VertxFileServer.<Long>future(context, size -> file.size().addListener(size))
                .compose(
                        size -> {
                            response.putHeader("content-length", size.toString());
                            return new AioReadStream(context, file, 0, size).pipeTo(response);
                        });
    }

    private static Future<Void> close(ContextInternal context, AioFile file) {
        return future(context, closed -> file.close().addListener(closed));
    }

    private static Future<Void> upload(
            ContextInternal context, Path path, HttpServerRequest request) {
        request.pause(); // what comes before there is a handler would be lost
        return exists(context, path)
                .compose(
                        replaced ->
                                receive(context, path, request)
                                        .compose(
                                                done ->
                                                        request.response()
                                                                .setStatusCode(replaced ? 204 : 201)
                                                                .end()));
    }

    private static Future<Void> receive(
            ContextInternal context, Path path, HttpServerRequest request) {
        AioFileWriter.Builder builder = AioFileWriter.replacing(context.nettyEventLoop(), path);
        String length = request.getHeader("content-length");
        if (length != null) {
            builder.expectedLength(Long.parseLong(length));
        }
        AioWriteStream upload = new AioWriteStream(context, builder.build());
        return request.pipe()
                .endOnFailure(false)
                .to(upload)
                .recover(cause -> upload.abort().transform(done -> Future.failedFuture(cause)));
    }

    private static Future<Boolean> exists(ContextInternal context, Path path) {
        AioFiles names = AioFiles.of(context.nettyEventLoop());
        return VertxFileServer.<AioFileAttributes>future(
                        context, found -> names.attributes(path).addListener(found))
                .transform(found -> Future.succeededFuture(found.succeeded()));
    }

    /** What Vert.x calls a promise is a listener to Netty's futures. */
    private static <T> Future<T> future(
            ContextInternal context, Consumer<PromiseInternal<T>> operation) {
        PromiseInternal<T> promise = context.promise();
        operation.accept(promise);
        return promise.future();
    }

    private static void fail(HttpServerRequest request, Throwable cause) {
        HttpServerResponse response = request.response();
        if (response.headWritten()) {
            response.reset(); // the client has to see that something is missing
        } else if (!response.closed()) {
            request.resume(); // what is left of a body has no handler any more, and is thrown away
            response.headers().remove("content-length");
            response.setStatusCode(SampleFiles.status(cause)).end();
        }
    }
}
