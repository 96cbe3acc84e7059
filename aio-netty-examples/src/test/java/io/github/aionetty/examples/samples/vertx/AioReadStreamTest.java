// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.examples.Content;
import io.github.aionetty.examples.Prerequisites;
import io.github.aionetty.examples.samples.Footprint;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.io.EOFException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AioReadStreamTest {
    private static final int SIZE = 1_000_001;

    @TempDir Path root;
    private Vertx vertx;
    private ContextInternal context;
    private AioFile file;
    private Footprint footprint;
    private final List<Buffer> buffers = new ArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    @BeforeEach
    void open() throws Exception {
        Prerequisites.direct(root);
        vertx = Vertx.builder().withTransport(Transport.EPOLL).build();
        context = (ContextInternal) vertx.getOrCreateContext();
        AioContext aio = AioContext.of(context.nettyEventLoop());
        assertThat(aio.engine()).isEqualTo(AioEngine.KERNEL);
        file = aio.open(Content.file(root.resolve("file"), SIZE), AioOpenOption.DIRECT).get();
        footprint = new Footprint(root);
    }

    @AfterEach
    void close() throws Exception {
        file.close().get();
        footprint.assertNothingIsLeft();
        vertx.close().await();
    }

    /** What the action says, on the context. */
    private <T> T on(Callable<T> action) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        context.runOnContext(
                v -> {
                    try {
                        done.complete(action.call());
                    } catch (Throwable t) {
                        done.completeExceptionally(t);
                    }
                });
        return done.get(10, TimeUnit.SECONDS);
    }

    private AioReadStream stream() {
        AioReadStream stream = new AioReadStream(context, file, 0, SIZE);
        return stream.endHandler(v -> ended.complete(null))
                .exceptionHandler(ended::completeExceptionally);
    }

    @Test
    void handlersGetCopiesOnTheContext() throws Exception {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Set<Context> contexts = ConcurrentHashMap.newKeySet();
        Thread loop =
                on(
                        () -> {
                            stream()
                                    .handler(
                                            bytes -> {
                                                threads.add(Thread.currentThread());
                                                contexts.add(Vertx.currentContext());
                                                buffers.add(bytes);
                                            });
                            return Thread.currentThread();
                        });
        ended.get(10, TimeUnit.SECONDS);
        assertThat(threads).containsExactly(loop);
        assertThat(contexts).containsExactly(context);
        Buffer all = Buffer.buffer();
        buffers.forEach(all::appendBuffer);
        assertThat(all.getBytes()).isEqualTo(Content.bytes(0, SIZE));
    }

    @Test
    void aPausedStreamGivesWhatIsFetched() throws Exception {
        AioReadStream stream = on(() -> stream().pause().handler(buffers::add));
        assertThatThrownBy(() -> ended.get(300, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        assertThat(on(buffers::size)).isZero();
        on(() -> stream.fetch(3));
        assertThatThrownBy(() -> ended.get(300, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        assertThat(on(buffers::size)).isEqualTo(3);
        on(stream::resume);
        ended.get(10, TimeUnit.SECONDS);
        assertThat(on(() -> buffers.stream().mapToInt(Buffer::length).sum())).isEqualTo(SIZE);
    }

    @Test
    void withoutAHandlerItStops() throws Exception {
        AioReadStream stream = on(() -> stream().handler(buffers::add).pause());
        on(() -> stream.handler(null));
        assertThatThrownBy(() -> ended.get(300, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void aFileThatIsTooShortIsAnException() throws Exception {
        on(
                () ->
                        new AioReadStream(context, file, 0, SIZE + 1)
                                .exceptionHandler(ended::completeExceptionally)
                                .handler(buffers::add));
        assertThatThrownBy(() -> ended.get(10, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(EOFException.class);
    }

    @Test
    void otherThreadsAreRefused() throws Exception {
        AioReadStream stream = on(this::stream);
        assertThatThrownBy(stream::pause).isInstanceOf(IllegalStateException.class);
        Context worker = ((VertxInternal) vertx).createWorkerContext();
        assertThatThrownBy(() -> new AioReadStream((ContextInternal) worker, file, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
