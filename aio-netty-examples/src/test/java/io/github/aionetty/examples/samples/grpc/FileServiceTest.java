// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.Prerequisites;
import io.github.aionetty.examples.samples.Footprint;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.EventExecutor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class FileServiceTest {
    private static final int LARGE = (64 << 20) + 4321;

    /** Says that a client has gone away, with a stack trace. */
    private static final Logger GRPC = Logger.getLogger("io.grpc.netty.NettyServerHandler");

    @TempDir Path root;
    private final CallThreads threads = new CallThreads();
    private final List<Client> clients = new ArrayList<>();
    private EventLoopGroup group;
    private Server server;
    private Footprint footprint;
    private volatile boolean breaks;

    @BeforeAll
    static void silence() {
        GRPC.setLevel(Level.OFF);
    }

    @AfterAll
    static void restore() {
        GRPC.setLevel(null);
    }

    @BeforeEach
    void start() throws Exception {
        Prerequisites.direct(root);
        Content.file(root.resolve("large"), LARGE);
        group = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
        server =
                FileService.server(group, root)
                        .intercept(threads)
                        .intercept(new Breaking())
                        .build()
                        .start();
        footprint = new Footprint(root);
    }

    @AfterEach
    void stop() throws Exception {
        clients.forEach(Client::close);
        server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
    }

    /** Its calls throw at their third piece, while {@link #breaks}. */
    private final class Breaking implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            AtomicInteger sent = new AtomicInteger();
            return next.startCall(
                    new SimpleForwardingServerCall<A, B>(call) {
                        @Override
                        public void sendMessage(B message) {
                            if (breaks && sent.incrementAndGet() == 3) {
                                throw new IllegalStateException("takes no more");
                            }
                            super.sendMessage(message);
                        }
                    },
                    headers);
        }
    }

    private Client get(String name, int atFirst) {
        Client client = new Client(server.getPort(), atFirst).get(name);
        clients.add(client);
        return client;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, 65_536, 300_001})
    void sendsAFile(int size) throws Exception {
        Content.file(root.resolve("file"), size);
        assertThat(get("file", Integer.MAX_VALUE).received.join()).isEqualTo(size);
        footprint.assertNothingIsLeft();
    }

    @Test
    void sendsLargeFilesToSeveralAtOnceOnTheLoopsOfTheirConnections() {
        for (int i = 0; i < 3; i++) {
            get("large", Integer.MAX_VALUE);
        }
        assertThat(clients).extracting(client -> client.received.join()).containsOnly((long) LARGE);
        assertThat(threads.sent).hasSize(3).isEqualTo(threads.called);
        for (EventExecutor loop : group) {
            AioContext aio = AioContext.of((EventLoop) loop);
            assertThat(aio.engine()).isEqualTo(AioEngine.KERNEL);
            assertThat(aio.metrics().copies()).as("the ends").isLessThanOrEqualTo(3);
        }
        footprint.assertNothingIsLeft();
    }

    @Test
    void slowClientsHoldLittleMemory() throws Exception {
        for (int i = 0; i < 8; i++) {
            get("large", 1);
        }
        await().until(() -> clients.stream().allMatch(client -> client.position > 0));
        for (int i = 0; i < 10; i++) {
            Thread.sleep(100);
            // Two windows of 64 KiB, the threshold of 256 KiB, a piece over it, and read-ahead.
            assertThat(footprint.growth()).isLessThan(8 * (1 << 20) + (16 << 20));
        }
        Client first = clients.get(0);
        first.request(Integer.MAX_VALUE);
        assertThat(first.received.join()).as("goes on").isEqualTo(LARGE);
        clients.subList(1, 8).forEach(Client::cancel);
        footprint.assertNothingIsLeft();
    }

    @Test
    void clientsThatGoAwayLeaveNothing() throws Exception {
        for (int i = 0; i < 40; i++) {
            Client client = get("large", i % 4 == 0 ? 1 : Integer.MAX_VALUE);
            if (i % 5 != 0) {
                await().until(() -> client.position > 0 || client.received.isDone());
            }
            if (i % 2 == 0) {
                client.cancel();
            }
            client.close();
        }
        footprint.assertNothingIsLeft();
        assertThat(get("large", Integer.MAX_VALUE).received.join()).isEqualTo(LARGE);
    }

    @Test
    void aFileThatBecomesShorterIsAnError() throws Exception {
        Client client = get("large", 1);
        await().until(() -> client.position > 0);
        Files.write(root.resolve("large"), Content.bytes(0, 65_536 * 3));
        client.request(Integer.MAX_VALUE);
        assertStatus(client, Status.Code.INTERNAL);
        footprint.assertNothingIsLeft();
    }

    @Test
    void aCallThatTakesNoMoreClosesItsFile() {
        breaks = true;
        Client client = get("large", Integer.MAX_VALUE);
        assertStatus(client, Status.Code.INTERNAL);
        footprint.assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "", "..", "a/b"})
    void whatIsNotThereIsNotFound(String name) {
        assertStatus(get(name, 1), Status.Code.NOT_FOUND);
    }

    private static void assertStatus(Client client, Status.Code code) {
        assertThatThrownBy(client.received::join)
                .isInstanceOf(CompletionException.class)
                .satisfies(
                        e ->
                                assertThat(Status.fromThrowable(e.getCause()).getCode())
                                        .isEqualTo(code));
    }
}
