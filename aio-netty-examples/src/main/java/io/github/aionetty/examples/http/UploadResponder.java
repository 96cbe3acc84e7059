// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.AioFiles;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.concurrent.FutureListener;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * PUT (RFC 9110, 9.3.4): makes a file of the request's body, or puts it in the place of one, as a
 * whole or not at all. What is wrong is said before the body is read, and to a client that waits
 * for 100 (Continue) before it is sent. All on the connection's loop.
 */
final class UploadResponder implements BodyReceiver {
    private final Exchange exchange;
    private final AioFiles files;
    private final Path target;
    private AioFileWriter writer;
    private boolean replaces;
    private boolean aborted;

    /**
     * Creates the responder.
     *
     * @param directory a real one, inside the root
     * @param name of the file in it
     */
    UploadResponder(Exchange exchange, Path directory, String name) {
        this.exchange = exchange;
        this.files = AioFiles.of(exchange.loop());
        this.target = directory.resolve(name);
    }

    void put() {
        HttpHeaders headers = exchange.request().headers();
        if (headers.contains(HttpHeaderNames.CONTENT_RANGE)) {
            // RFC 9110, 14.5: a part of a file, taken for the whole, would destroy it.
            exchange.error(HttpResponseStatus.BAD_REQUEST);
        } else if (headers.contains(HttpHeaderNames.CONTENT_ENCODING)) {
            // It would be stored encoded, and sent as if it were not.
            HttpResponse head = exchange.head(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE);
            head.headers().set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY);
            exchange.error(head);
        } else {
            exchange.then(
                    files.attributes(target, LinkOption.NOFOLLOW_LINKS),
                    this::exists,
                    late -> {},
                    cause -> {
                        if (cause instanceof NoSuchFileException) {
                            checked(null);
                        } else {
                            fail(cause);
                        }
                    });
        }
    }

    private void exists(AioFileAttributes old) {
        replaces = true;
        switch (old.kind()) {
            case REGULAR_FILE -> checked(old);
            case DIRECTORY -> exchange.error(HttpResponseStatus.CONFLICT);
            // A link is replaced and not followed; what it leads to decides nothing.
            case SYMBOLIC_LINK -> checked(null);
            default -> exchange.error(HttpResponseStatus.FORBIDDEN);
        }
    }

    /** Nothing speaks against it, as far as can be told before the body. */
    private void checked(AioFileAttributes old) {
        AioFileWriter.Builder builder = AioFileWriter.replacing(exchange.loop(), target);
        long length = HttpUtil.getContentLength(exchange.request(), -1L);
        if (length >= 0) {
            builder.expectedLength(length);
        }
        writer = builder.build().onWritable(exchange::bodyWanted);
        FutureListener<Long> failed =
                done -> {
                    if (!done.isSuccess() && !aborted) {
                        fail(done.cause());
                    }
                };
        writer.future().addListener(failed);
        exchange.receive(this);
    }

    @Override
    public boolean received(ByteBuf part) {
        // Room may have been made, and been told, while it was written.
        return writer.write(part) || writer.isWritable();
    }

    @Override
    public void ended() {
        // How it fails is known already.
        exchange.then(writer.finish(), length -> stored(), late -> {}, cause -> {});
    }

    @Override
    public void aborted(Throwable cause) {
        aborted = true;
        writer.abort(cause);
    }

    private void fail(Throwable cause) {
        exchange.fail(cause, UploadStatus.of(cause));
    }

    private void stored() {
        exchange.then(
                files.attributes(target, LinkOption.NOFOLLOW_LINKS),
                this::answer,
                late -> {},
                gone -> answer(null)); // Somebody has removed it already.
    }

    private void answer(AioFileAttributes stored) {
        HttpResponse head =
                exchange.head(
                        replaces ? HttpResponseStatus.NO_CONTENT : HttpResponseStatus.CREATED);
        if (stored != null && stored.isRegularFile()) {
            Validators.of(stored).addTo(head.headers());
        }
        if (!replaces) {
            head.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        }
        exchange.sendHead(head);
    }
}
