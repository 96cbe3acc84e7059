// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.grpc;

import io.github.aionetty.examples.Content;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.concurrent.CompletableFuture;

/** One connection and one call, which takes messages when it is told to, and checks them. */
final class Client implements ClientResponseObserver<String, ByteBuf> {
    final CompletableFuture<Long> received = new CompletableFuture<>();
    private final ManagedChannel channel;
    private final int atFirst;
    private ClientCallStreamObserver<String> call;
    volatile long position;

    /** Takes so many messages, and then waits; a slow one has a small window. */
    Client(int port, int atFirst) {
        this.atFirst = atFirst;
        this.channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .flowControlWindow(atFirst == 1 ? 65_535 : 1 << 20)
                        .build();
    }

    Client get(String name) {
        ClientCalls.asyncServerStreamingCall(
                channel.newCall(FileService.DOWNLOAD, CallOptions.DEFAULT), name, this);
        return this;
    }

    void request(int messages) {
        call.request(messages);
    }

    void cancel() {
        call.cancel("the test has had enough", null);
    }

    /** With the connection. */
    void close() {
        channel.shutdownNow();
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<String> observer) {
        call = observer;
        observer.disableAutoRequestWithInitial(atFirst);
    }

    @Override
    public void onNext(ByteBuf piece) {
        byte[] bytes = ByteBufUtil.getBytes(piece);
        try {
            Content.check(bytes, bytes.length, position);
        } catch (AssertionError wrong) {
            received.completeExceptionally(wrong);
        }
        position += bytes.length;
    }

    @Override
    public void onError(Throwable cause) {
        received.completeExceptionally(cause);
    }

    @Override
    public void onCompleted() {
        received.complete(position);
    }
}
