// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.copy;

import static io.github.aionetty.support.Contents.assertSame;
import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.support.Pattern;
import io.netty.util.concurrent.GenericProgressiveFutureListener;
import io.netty.util.concurrent.ProgressiveFuture;
import io.netty.util.concurrent.ProgressivePromise;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens in the middle of a copy: it is cancelled, its context ends, its source changes. */
@ParameterizedClass
@MethodSource("io.github.aionetty.copy.Between#moving")
class CopyMiddleTest extends CopyContract {
    private static final int SIZE = 24 * MIB;

    private Path source;
    private Path target;

    @BeforeEach
    void files() throws IOException {
        source = source(SIZE);
        target = Files.writeString(to.resolve("target"), "old");
    }

    /** On the loop, in the middle. */
    private interface Event {
        void happens(ProgressiveFuture<Void> copy) throws Exception;
    }

    /** Copies over the old target; the event happens when some MiB are done. */
    private ProgressiveFuture<Void> copy(Event event) {
        ProgressivePromise<Void> promise = loop.newProgressivePromise();
        promise.addListener(
                new GenericProgressiveFutureListener<ProgressiveFuture<Void>>() {
                    private boolean happened;

                    @Override
                    public void operationProgressed(
                            ProgressiveFuture<Void> future, long progress, long total)
                            throws Exception {
                        if (!happened && progress >= 5 * MIB) {
                            happened = true;
                            event.happens(future);
                        }
                    }

                    @Override
                    public void operationComplete(ProgressiveFuture<Void> future) {
                        // The test waits for it.
                    }
                });
        CopyOption[] options = {StandardCopyOption.REPLACE_EXISTING};
        files.copy(source, target, options, promise);
        return promise;
    }

    private void checkNothingIsLeft() throws Exception {
        AioContext.of(loop).close().sync();
        assertThat(names(to)).containsExactly("target");
        assertThat(target).hasContent("old");
    }

    @Test
    void aCancelledCopyLeavesNothing() throws Exception {
        ProgressiveFuture<Void> copy = copy(future -> assertThat(future.cancel(false)).isTrue());
        assertThat(copy.await(30_000)).isTrue();
        assertThat(copy.isCancelled()).isTrue();
        checkNothingIsLeft();
    }

    @Test
    void aCopyCancelledAtItsStartLeavesNothing() throws Exception {
        for (int i = 0; i < 20; i++) {
            ProgressiveFuture<Void> copy = copy(future -> {});
            Thread.sleep(0, i * 50_000);
            boolean cancelled = copy.cancel(true);
            assertThat(copy.await(30_000)).isTrue();
            assertThat(copy.isCancelled()).isEqualTo(cancelled);
            if (!cancelled) {
                get(copy);
                Files.writeString(target, "old");
            }
            checkNothingIsLeft();
        }
    }

    @Test
    void whenItIsTooLateToCancelTheCopyIsThere() throws Exception {
        ProgressiveFuture<Void> copy = copy(future -> {});
        get(copy);
        assertThat(copy.cancel(false)).isFalse();
        assertSame(target, source);
    }

    @Test
    void aClosedContextFailsItAndWaitsUntilNothingIsLeft() throws Exception {
        AioContext context = AioContext.of(loop);
        ProgressiveFuture<Void> copy = copy(future -> context.close());
        assertThat(failure(copy)).isInstanceOf(AioClosedException.class);
        context.close().sync();
        checkNothingIsLeft();
    }

    @Test
    void aLoopThatShutsDownFailsItAndNothingIsLeft() throws Exception {
        ProgressiveFuture<Void> copy = copy(future -> new Thread(loops::close).start());
        assertThat(failure(copy)).isInstanceOf(AioClosedException.class);
        loop.terminationFuture().sync();
        Awaitility.await().untilAsserted(() -> assertThat(names(to)).containsExactly("target"));
        assertThat(target).hasContent("old");
        // For what comes after each test.
        loops.close();
        loops = between.loops();
        loop = loops.next();
    }

    @Test
    void aSourceThatShrinksEndsTheCopyWhereItEnds() throws Exception {
        int less = 7 * MIB + 1234;
        ProgressiveFuture<Void> copy =
                copy(
                        future -> {
                            try (FileChannel cut =
                                    FileChannel.open(source, StandardOpenOption.WRITE)) {
                                cut.truncate(less);
                            }
                        });
        get(copy);
        byte[] copied = Files.readAllBytes(target);
        // What had been read before is there too, if it is more.
        assertThat(copied.length).isBetween(less, SIZE);
        assertThat(copied).isEqualTo(Pattern.bytes(0, copied.length));
    }

    @Test
    void aSourceThatGrowsIsCopiedToItsEnd() throws Exception {
        get(copy(future -> write(source, SIZE, 3 * MIB + 99)));
        assertThat(Files.readAllBytes(target)).isEqualTo(Pattern.bytes(0, SIZE + 3 * MIB + 99));
    }
}
