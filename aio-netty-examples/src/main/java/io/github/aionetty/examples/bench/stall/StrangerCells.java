// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import static io.github.aionetty.examples.bench.stall.Cells.AT_ONCE;
import static io.github.aionetty.examples.bench.stall.Cells.BLOCK;
import static io.github.aionetty.examples.bench.stall.Cells.times;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Transfers while somebody else writes and syncs, of whom the library knows nothing: a thread with
 * plain system calls, which is to the kernel what another process would be.
 */
final class StrangerCells {
    private static final OpenOption[] APPEND = {
        CREATE_NEW, READ, WRITE, AioOpenOption.DIRECT, AioOpenOption.ALLOCATE_AHEAD
    };

    /** Little enough for the page cache to keep it until somebody syncs. */
    private static final int SIZE = 4 << 20;

    private static final int PIECE = 64 << 10;

    /** The data first, and only then the journal. */
    private static final int LONGER_MILLIS = 400;

    private StrangerCells() {}

    static List<Cell> all() {
        return List.of(
                new Cell(
                        "direct read of a dirty file",
                        Fixture.DIRECTORY,
                        t -> dirtied(t, SIZE),
                        t -> open(t).thenCompose(file -> times(AT_ONCE, i -> read(t, i)))),
                new Cell(
                        "direct read while a dirty file is written back",
                        Fixture.DIRECTORY,
                        t -> dirtied(t, SIZE).thenCompose(any -> open(t)),
                        t -> reads(t, synced(t)),
                        LONGER_MILLIS),
                new Cell(
                        "direct read while others append to the file and sync it",
                        Fixture.DIRECTORY,
                        t ->
                                dirtied(t, SIZE)
                                        .thenCompose(any -> synced(t))
                                        .thenCompose(any -> open(t)),
                        t ->
                                reads(
                                        t,
                                        dirtied(t, PIECE)
                                                .thenCompose(any -> synced(t))
                                                .thenCompose(any -> dirtied(t, PIECE))
                                                .thenCompose(any -> synced(t))),
                        LONGER_MILLIS),
                appends("append into space allocated ahead", t -> pause()),
                appends(
                        "append into space allocated ahead while others sync a file",
                        t -> dirtied(t, PIECE).thenCompose(any -> synced(t))));
    }

    private static Cell appends(String name, Cell.Step meanwhile) {
        return new Cell(
                name,
                Fixture.DIRECTORY,
                t ->
                        t.open(t.ofRound("log"), APPEND)
                                .thenCompose(
                                        file -> {
                                            t.file = file;
                                            return t.extend(file, BLOCK);
                                        }),
                t ->
                        Repeater.repeat(
                                t.place.loop(), meanwhile.take(t), n -> t.extend(t.file, BLOCK)),
                LONGER_MILLIS);
    }

    private static CompletionStage<?> pause() {
        return CompletableFuture.runAsync(
                () -> {},
                CompletableFuture.delayedExecutor(LONGER_MILLIS / 2, TimeUnit.MILLISECONDS));
    }

    private static CompletableFuture<?> reads(Trial trial, CompletionStage<?> meanwhile) {
        return Repeater.repeat(trial.place.loop(), meanwhile, n -> read(trial, n));
    }

    private static CompletableFuture<?> read(Trial trial, int n) {
        return trial.read(trial.file, n * 8L * BLOCK % SIZE, BLOCK);
    }

    private static CompletableFuture<AioFile> open(Trial trial) {
        return trial.open(theirs(trial), READ, AioOpenOption.DIRECT)
                .thenApply(file -> trial.file = file);
    }

    private static Path theirs(Trial trial) {
        return trial.ofRound("theirs");
    }

    /** Somebody appends so much to a file of theirs, and leaves it to the page cache. */
    private static CompletableFuture<?> dirtied(Trial trial, int length) {
        return byOthers(
                trial,
                file -> {
                    Expected expected = trial.expected(theirs(trial));
                    long end = expected.size() + length;
                    for (long at = expected.size(); at < end; at += PIECE) {
                        int seed = expected.write(at, PIECE);
                        file.write(ByteBuffer.wrap(Pattern.bytes(at, PIECE, seed)), at);
                    }
                });
    }

    private static CompletableFuture<?> synced(Trial trial) {
        return byOthers(trial, file -> file.force(false));
    }

    private interface Action {
        void on(FileChannel file) throws IOException;
    }

    private static CompletableFuture<?> byOthers(Trial trial, Action action) {
        return CompletableFuture.runAsync(
                () -> {
                    try (FileChannel file = FileChannel.open(theirs(trial), CREATE, WRITE)) {
                        action.on(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                task -> new Thread(task, "stranger").start());
    }
}
