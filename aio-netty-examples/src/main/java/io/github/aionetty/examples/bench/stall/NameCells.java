// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import static io.github.aionetty.examples.bench.stall.Cells.CREATE;
import static io.github.aionetty.examples.bench.stall.Cells.NOTHING;
import static io.github.aionetty.examples.bench.stall.Cells.times;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Operations on names. */
final class NameCells {
    private static final int FEW = 5;

    private NameCells() {}

    static List<Cell> all() {
        return List.of(
                cell("list", Fixture.NAMES, t -> Trial.of(t.names.list(t.path()))),
                cell(
                        "attributes by path",
                        Fixture.FILES,
                        t -> Trial.of(t.names.attributes(t.ofRound("old")))),
                new Cell(
                        "attributes beneath a directory",
                        Fixture.FILES,
                        NameCells::hold,
                        t -> Trial.of(t.directory.attributes(t.name("old")))),
                cell("delete", Fixture.FILES, t -> t.delete(t.ofRound("old"))),
                cell("move", Fixture.FILES, NameCells::move),
                cell(
                        "createDirectory",
                        Fixture.DIRECTORY,
                        t -> Trial.of(t.names.createDirectory(t.ofRound("new")))),
                new Cell(
                        "syncDirectory",
                        Fixture.DIRECTORY,
                        NameCells::create,
                        t -> Trial.of(t.names.syncDirectory(t.path()))));
    }

    private static Cell cell(String name, Fixture fixture, Cell.Step run) {
        return new Cell(name, fixture, t -> NOTHING, run);
    }

    /** Itself it is in memory then, its entries are not. */
    private static CompletableFuture<?> hold(Trial trial) {
        return Trial.of(trial.names.openDirectory(trial.path()))
                .thenAccept(opened -> trial.directory = opened);
    }

    private static CompletableFuture<?> move(Trial trial) {
        Path source = trial.ofRound("old");
        Path target = trial.ofRound("new");
        trial.place.contents().moved(source, target);
        return Trial.of(trial.names.move(source, target));
    }

    /** Makes some files in the cell's directory, by the loop that is not measured. */
    static CompletionStage<?> create(Trial trial) {
        return times(FEW, i -> trial.openOther(trial.ofRound("new-" + i), CREATE));
    }
}
