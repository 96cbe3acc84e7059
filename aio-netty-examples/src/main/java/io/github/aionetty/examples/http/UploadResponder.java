// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioDirectory;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFileWriter;
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
    private final AioDirectory directory;
    private final Path name;
    private AioFileWriter writer;
    private boolean replaces;
    private boolean aborted;
    private boolean finishing;

    /**
     * Creates the responder.
     *
     * @param directory inside the root; is closed at the end
     * @param name of the file in it
     */
    UploadResponder(Exchange exchange, AioDirectory directory, String name) {
        this.exchange = exchange;
        this.directory = directory;
        this.name = Path.of(name);
        exchange.whenOver(this::over);
    }

    /** The directory's number is part of the path that the writer works by, to its end. */
    private void over() {
        if (writer == null) {
            directory.close();
        } else {
            if (!finishing) {
                aborted = true;
                writer.abort(); // Else it would wait for ever, for who asked has gone.
            }
            writer.future().addListener(done -> directory.close());
        }
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
                    directory.attributes(name, LinkOption.NOFOLLOW_LINKS),
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
        if (!conditionsHold(old)) {
            exchange.error(HttpResponseStatus.PRECONDITION_FAILED);
            return;
        }
        AioFileWriter.Builder builder =
                AioFileWriter.replacing(exchange.loop(), directory.descriptorPath().resolve(name))
                        .replace(!Preconditions.wantsNone(exchange.request().headers()));
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

    private boolean conditionsHold(AioFileAttributes old) {
        return Preconditions.evaluate(
                        exchange.request().method(),
                        exchange.request().headers(),
                        old == null ? null : Validators.of(old))
                == Preconditions.Outcome.PROCEED;
    }

    /** The body has taken its time: somebody else may have put the same file meanwhile. */
    @Override
    public void ended() {
        if (!Preconditions.areThere(exchange.request().headers())) {
            finish();
            return;
        }
        exchange.then(
                directory.attributes(name, LinkOption.NOFOLLOW_LINKS),
                this::finishIf,
                late -> {},
                gone -> finishIf(null));
    }

    private void finishIf(AioFileAttributes now) {
        if (conditionsHold(now)) {
            finish();
        } else {
            aborted = true;
            writer.abort();
            exchange.error(HttpResponseStatus.PRECONDITION_FAILED);
        }
    }

    private void finish() {
        finishing = true;
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
                directory.attributes(name, LinkOption.NOFOLLOW_LINKS),
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
