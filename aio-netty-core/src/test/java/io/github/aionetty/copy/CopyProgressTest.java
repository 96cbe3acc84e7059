// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.copy;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.concurrent.GenericProgressiveFutureListener;
import io.netty.util.concurrent.ProgressiveFuture;
import io.netty.util.concurrent.ProgressivePromise;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** How far it is: never back, on the loop, up to the end. */
@ParameterizedClass
@MethodSource("io.github.aionetty.copy.Between#all")
class CopyProgressTest extends CopyContract {

    /** What a listener was told. */
    private final class Told implements GenericProgressiveFutureListener<ProgressiveFuture<Void>> {
        final List<Long> progress = new ArrayList<>();
        final List<Long> totals = new ArrayList<>();
        boolean onLoop = true;

        @Override
        public void operationProgressed(ProgressiveFuture<Void> future, long now, long total) {
            progress.add(now);
            totals.add(total);
            onLoop &= loop.inEventLoop();
        }

        @Override
        public void operationComplete(ProgressiveFuture<Void> future) {
            onLoop &= loop.inEventLoop();
        }

        void check(long total) {
            assertThat(progress).isSorted().doesNotHaveDuplicates();
            assertThat(progress.get(progress.size() - 1)).isEqualTo(total);
            assertThat(totals).containsOnly(total);
            assertThat(progress).hasSizeLessThanOrEqualTo((int) (total / MIB) + 2);
            assertThat(onLoop).isTrue();
        }
    }

    private Told copy(Path source) throws Exception {
        Told told = new Told();
        ProgressivePromise<Void> promise = loop.newProgressivePromise();
        promise.addListener(told);
        Path target = to.resolve("target");
        Files.deleteIfExists(target);
        assertThat((Object) files.copy(source, target, new CopyOption[0], promise))
                .isSameAs(promise);
        get(promise);
        loop.submit(() -> {}).sync();
        return told;
    }

    @Test
    void progressNeverGoesBackAndEndsAtTheTotal() throws Exception {
        Path source = source(30 * MIB + 5);
        Told told = copy(source);
        told.check(30 * MIB + 5);
        assertThat(told.progress).hasSizeGreaterThan(between.shares() ? 0 : 20);
    }

    @Test
    void holesCountAndSmallFilesAreToldOnce() throws Exception {
        Path source = from.resolve("sparse");
        write(source, 50 * MIB, 100);
        write(source, 0, 3 * MIB);
        size(source, 300 * MIB);
        copy(source).check(300 * MIB);
        Told small = copy(source(10_000));
        small.check(10_000);
        assertThat(small.progress).hasSize(1);
    }

    @Test
    void theFormWithoutAPromiseIsListenedToAsWell() throws IOException {
        Told told = new Told();
        ProgressiveFuture<Void> copy = files.copy(source(5 * MIB), to.resolve("target"));
        copy.addListener(told);
        get(copy);
        assertThat(told.onLoop).isTrue();
        assertThat(to.resolve("target")).hasSize(5 * MIB);
    }
}
