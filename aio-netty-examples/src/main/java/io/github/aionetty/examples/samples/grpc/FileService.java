// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.grpc;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.examples.samples.SampleFiles;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FutureListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The files of one directory as streams of messages, each on the loop of its connection. */
public final class FileService implements BindableService {
    /** By name; each message is a piece of the file, in order. */
    public static final MethodDescriptor<String, ByteBuf> DOWNLOAD =
            MethodDescriptor.<String, ByteBuf>newBuilder()
                    .setType(MethodType.SERVER_STREAMING)
                    .setFullMethodName("aionetty.samples.Files/Download")
                    .setRequestMarshaller(new NameMarshaller())
                    .setResponseMarshaller(new PieceMarshaller())
                    .build();

    private final EventLoopGroup group;
    private final SampleFiles files;

    /**
     * The service alone, for a server of one's own.
     *
     * @param group the loops of that server, which runs its calls with {@code directExecutor()}
     * @param directory what is served
     */
    public FileService(EventLoopGroup group, Path directory) {
        this.group = group;
        this.files = new SampleFiles(directory);
    }

    /**
     * A server with this service on a free port of the loopback interface.
     *
     * @param group epoll loops
     * @param directory what is served
     * @return not started yet
     */
    public static NettyServerBuilder server(EventLoopGroup group, Path directory) {
        return NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .bossEventLoopGroup(group)
                .workerEventLoopGroup(group)
                .channelType(EpollServerSocketChannel.class)
                .directExecutor() // calls run on the loop of their connection
                .addService(new FileService(group, directory));
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder("aionetty.samples.Files")
                .addMethod(DOWNLOAD, ServerCalls.asyncServerStreamingCall(this::download))
                .build();
    }

    private void download(String name, StreamObserver<ByteBuf> observer) {
        Download download = new Download((ServerCallStreamObserver<ByteBuf>) observer);
        try {
            AioContext.of(currentLoop())
                    .open(files.resolve(name), AioOpenOption.DIRECT)
                    .addListener((FutureListener<AioFile>) download::opened);
        } catch (NoSuchFileException e) {
            download.onError(e);
        }
    }

    /** gRPC does not tell a call's channel. */
    private EventLoop currentLoop() {
        for (EventExecutor loop : group) {
            if (loop.inEventLoop()) {
                return (EventLoop) loop;
            }
        }
        throw new IllegalStateException("not on a loop of the server: is it a directExecutor()?");
    }
}
