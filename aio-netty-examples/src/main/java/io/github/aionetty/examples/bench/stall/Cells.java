// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import java.nio.file.OpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;

/** All that is measured, in the order in which it is. */
final class Cells {
    static final int BLOCK = Fixture.BLOCK;
    static final int AT_ONCE = 16;
    static final OpenOption[] DIRECT = {READ, WRITE, AioOpenOption.DIRECT};
    static final OpenOption[] CREATE = {CREATE_NEW, WRITE, AioOpenOption.DIRECT};
    static final OpenOption[] BUFFERED = {READ, WRITE};
    static final CompletionStage<?> NOTHING = CompletableFuture.completedFuture(null);

    private Cells() {}

    static List<Cell> all() {
        List<Cell> all = new ArrayList<>();
        all.addAll(TransferCells.all());
        all.addAll(FileCells.all());
        all.addAll(NameCells.all());
        all.addAll(MeanwhileCells.all());
        all.addAll(StrangerCells.all());
        // Ends what all the others use, and so is the last.
        all.add(FileCells.closeOfContext());
        return all;
    }

    /** Opens the cell's file. */
    static CompletableFuture<AioFile> open(Trial trial, OpenOption... options) {
        return trial.open(trial.path(), options).thenApply(file -> trial.file = file);
    }

    /** Several at once. */
    static CompletionStage<?> times(int times, IntFunction<CompletableFuture<?>> action) {
        CompletableFuture<?>[] all = new CompletableFuture<?>[times];
        for (int i = 0; i < times; i++) {
            all[i] = action.apply(i);
        }
        return CompletableFuture.allOf(all);
    }
}
