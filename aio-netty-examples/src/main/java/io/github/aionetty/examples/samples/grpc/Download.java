// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.grpc;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFlow;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Flow;

/** One call: asks for a piece of the file whenever the client takes one. On the loop alone. */
final class Download implements Flow.Subscriber<ByteBuf> {
    /** A client takes messages of up to 4 MiB; larger ones than this are no faster. */
    private static final int PIECE = 64 * 1024;

    private static final int READ_AHEAD = 4;

    private final ServerCallStreamObserver<ByteBuf> client;
    private AioFile file;
    private Flow.Subscription subscription;
    private boolean asked;
    private boolean cancelled;

    /** In the call's first turn: later gRPC takes no handlers. */
    Download(ServerCallStreamObserver<ByteBuf> client) {
        this.client = client;
        client.setOnReadyThreshold(4 * PIECE);
        client.setOnReadyHandler(this::ask);
        client.setOnCancelHandler(this::cancel);
    }

    void opened(Future<AioFile> opening) {
        if (!opening.isSuccess()) {
            onError(opening.cause());
            return;
        }
        file = opening.getNow();
        file.size().addListener((FutureListener<Long>) this::sized);
    }

    private void sized(Future<Long> size) {
        if (cancelled) {
            file.close();
        } else if (!size.isSuccess()) {
            onError(size.cause());
        } else {
            AioFlow.publisher(file, 0, size.getNow(), PIECE, READ_AHEAD).subscribe(this);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        ask();
    }

    private void ask() {
        if (subscription != null && !asked && client.isReady()) {
            asked = true;
            subscription.request(1);
        }
    }

    /** gRPC copies a message into its frames before it returns: then the buffer is ours again. */
    @Override
    public void onNext(ByteBuf piece) {
        asked = false;
        try {
            if (!cancelled) {
                client.onNext(piece);
            }
        } catch (RuntimeException | Error e) {
            // There is no signal after it, and nobody else closes the file.
            subscription.cancel();
            onError(e);
            return;
        } finally {
            piece.release();
        }
        ask();
    }

    @Override
    public void onError(Throwable cause) {
        close();
        if (!cancelled) {
            Status status =
                    cause instanceof NoSuchFileException ? Status.NOT_FOUND : Status.INTERNAL;
            client.onError(status.withCause(cause).asException());
        }
    }

    @Override
    public void onComplete() {
        close();
        client.onCompleted();
    }

    private void cancel() {
        cancelled = true;
        if (subscription != null) {
            subscription.cancel();
            close();
        }
    }

    private void close() {
        if (file != null) {
            file.close();
        }
    }
}
