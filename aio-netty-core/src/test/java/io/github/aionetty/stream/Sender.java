// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import io.github.aionetty.AioChunkedFile;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.handler.stream.ChunkedInput;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.netty.util.concurrent.FutureListener;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Sends a file to whoever connects, and closes the connection: what a user would write. */
final class Sender extends ChannelInboundHandlerAdapter {
    private final Path path;
    private final OpenOption[] options;
    private final BiFunction<Channel, AioFile, ChunkedInput<?>> input;
    private final Consumer<ChannelProgressivePromise> written;

    Sender(
            Path path,
            BiFunction<Channel, AioFile, ChunkedInput<?>> input,
            Consumer<ChannelProgressivePromise> written,
            OpenOption... options) {
        this.path = path;
        this.input = input;
        this.written = written;
        this.options = options;
    }

    /** The pipeline of a connection that gets a range of a file. */
    static Consumer<Channel> pipeline(Path path, long offset, long length, OpenOption... options) {
        return channel ->
                channel.pipeline()
                        .addLast(new ChunkedWriteHandler())
                        .addLast(
                                new Sender(
                                        path,
                                        (ch, file) -> new AioChunkedFile(ch, file, offset, length),
                                        written -> {},
                                        options));
    }

    /** The same with an input of one's own, and what becomes of it. */
    static Consumer<Channel> pipeline(
            Path path,
            BiFunction<Channel, AioFile, ChunkedInput<?>> input,
            Consumer<ChannelProgressivePromise> written) {
        return channel ->
                channel.pipeline()
                        .addLast(new ChunkedWriteHandler())
                        .addLast(new Sender(path, input, written));
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        Channel channel = ctx.channel();
        FutureListener<AioFile> opened =
                file -> {
                    if (!file.isSuccess()) {
                        ctx.close();
                        return;
                    }
                    ChannelProgressivePromise promise = channel.newProgressivePromise();
                    written.accept(promise);
                    channel.writeAndFlush(input.apply(channel, file.getNow()), promise)
                            .addListener(ChannelFutureListener.CLOSE);
                };
        AioContext.of(channel.eventLoop()).open(path, options).addListener(opened);
    }
}
