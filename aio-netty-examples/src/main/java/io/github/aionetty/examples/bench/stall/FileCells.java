// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import static io.github.aionetty.examples.bench.stall.Cells.BLOCK;
import static io.github.aionetty.examples.bench.stall.Cells.BUFFERED;
import static io.github.aionetty.examples.bench.stall.Cells.CREATE;
import static io.github.aionetty.examples.bench.stall.Cells.DIRECT;
import static io.github.aionetty.examples.bench.stall.Cells.NOTHING;
import static io.github.aionetty.examples.bench.stall.Cells.open;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What is done to whole files. */
final class FileCells {
    private static final int SMALL = 64 << 10;
    private static final int CUT = 1 << 20;

    private FileCells() {}

    static List<Cell> all() {
        return List.of(
                new Cell(
                        "open", Fixture.FILES, t -> NOTHING, t -> t.open(t.ofRound("old"), DIRECT)),
                new Cell("create", Fixture.DIRECTORY, t -> NOTHING, FileCells::create),
                new Cell("size", Fixture.DENSE, t -> open(t, DIRECT), FileCells::size),
                new Cell(
                        "attributes",
                        Fixture.DENSE,
                        t -> open(t, DIRECT),
                        t -> Trial.of(t.file.attributes())),
                new Cell(
                        "truncate",
                        Fixture.FRAGMENTED,
                        t -> open(t, DIRECT),
                        t -> t.truncate(t.file, t.expected(t.path()).size() - CUT)),
                new Cell(
                        "allocate",
                        Fixture.DENSE,
                        t -> open(t, DIRECT),
                        t -> t.allocateMore(t.file, CUT)),
                new Cell(
                        "fsync",
                        Fixture.DENSE,
                        t -> open(t, DIRECT).thenCompose(file -> t.extend(file, SMALL)),
                        t -> Trial.of(t.file.fsync())),
                new Cell(
                        "fdatasync",
                        Fixture.DENSE,
                        t -> open(t, DIRECT).thenCompose(file -> t.extend(file, SMALL)),
                        t -> Trial.of(t.file.fdatasync())),
                new Cell(
                        "close of a file",
                        Fixture.DENSE,
                        t -> open(t, BUFFERED).thenCompose(file -> t.extend(file, SMALL)),
                        t -> Trial.of(t.file.close())),
                new Cell(
                        "close of a deleted file",
                        Fixture.FILES,
                        FileCells::openDeleted,
                        t -> Trial.of(t.file.close())));
    }

    static Cell closeOfContext() {
        return new Cell(
                "close of the context",
                Fixture.FILES,
                FileCells::openDeleted,
                t -> {
                    CompletableFuture<?> read = t.read(t.file, 0, BLOCK);
                    return Trial.of(t.aio().close()).thenCombine(read, (closed, any) -> closed);
                });
    }

    private static CompletableFuture<?> create(Trial trial) {
        return trial.open(trial.ofRound("new"), CREATE);
    }

    private static CompletableFuture<?> size(Trial trial) {
        long expected = trial.expected(trial.path()).size();
        return Trial.of(trial.file.size())
                .thenAccept(
                        size -> {
                            if (size != expected) {
                                throw new IllegalStateException(
                                        "size=" + size + " expected=" + expected);
                            }
                        });
    }

    /** The space of a deleted file is given back when it is closed. */
    private static CompletableFuture<?> openDeleted(Trial trial) {
        return trial.open(trial.ofRound("old"), DIRECT)
                .thenCompose(
                        file -> {
                            trial.file = file;
                            return trial.delete(file.path());
                        });
    }
}
