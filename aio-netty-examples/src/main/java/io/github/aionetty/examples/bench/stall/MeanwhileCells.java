// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import static io.github.aionetty.examples.bench.stall.Cells.BLOCK;
import static io.github.aionetty.examples.bench.stall.Cells.BUFFERED;
import static io.github.aionetty.examples.bench.stall.Cells.CREATE;
import static io.github.aionetty.examples.bench.stall.Cells.DIRECT;
import static io.github.aionetty.examples.bench.stall.Cells.open;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFiles;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Transfers that would not block by themselves, while the other loop does something that holds what
 * they need: a lock of the inode, a page, the journal. The other loop may stand still, where the
 * routing lets it: what is measured is this one.
 */
final class MeanwhileCells {
    /** Blocks of a round for the transfers that are measured; the others are for what goes on. */
    private static final int BLOCKS = 12;

    /** The data first, and only then the journal. */
    private static final int LONGER_MILLIS = 400;

    private static final int SMALL = 64 << 10;
    private static final int MORE = 4 << 20;

    private MeanwhileCells() {}

    static List<Cell> all() {
        List<Cell> all = new ArrayList<>();
        all.add(overwrite("the file is extended", t -> t.extend(t.second, SMALL)));
        all.add(overwrite("a partial page is written", MeanwhileCells::partial));
        all.add(
                new Cell(
                        "overwrite during buffered write + fdatasync",
                        Fixture.DENSE,
                        t -> open(t, DIRECT).thenCompose(any -> another(t, t.path(), BUFFERED)),
                        t -> overwrites(t, MeanwhileCells::bufferedAndSync),
                        LONGER_MILLIS));
        all.add(
                new Cell(
                        "overwrite of a dirty page",
                        Fixture.DENSE,
                        t -> open(t, DIRECT).thenCompose(any -> another(t, t.path(), BUFFERED)),
                        MeanwhileCells::dirtied));
        all.add(
                new Cell(
                        "overwrite during fsync",
                        Fixture.DENSE,
                        MeanwhileCells::sharedAndExtended,
                        t -> overwrites(t, MeanwhileCells::fsync)));
        all.add(
                overwrite(
                        "the file is truncated upwards",
                        t -> t.truncate(t.second, t.expected(t.path()).size() + MORE)));
        all.add(overwrite("space is allocated", t -> t.allocateMore(t.second, MORE)));
        all.add(
                new Cell(
                        "overwrite during fsync of another file",
                        Fixture.DIRECTORY,
                        MeanwhileCells::twoFiles,
                        t -> overwrites(t, MeanwhileCells::fsync)));
        all.add(
                new Cell(
                        "overwrite during creates + syncDirectory",
                        Fixture.DIRECTORY,
                        MeanwhileCells::oneFile,
                        t -> overwrites(t, MeanwhileCells::createAndSync)));
        for (OpenOption[] options : List.of(DIRECT, BUFFERED)) {
            String name = (options == DIRECT ? "direct" : "buffered") + " read during ";
            all.add(read(name + "an extending write", options, t -> t.extend(t.second, SMALL)));
            all.add(read(name + "a partial write", options, MeanwhileCells::partial));
            all.add(read(name + "fsync", options, MeanwhileCells::extendAndSync));
        }
        return all;
    }

    private static Cell overwrite(String what, Cell.Step meanwhile) {
        return new Cell(
                "overwrite while " + what,
                Fixture.DENSE,
                t -> open(t, DIRECT).thenAccept(file -> t.second = t.shared(file)),
                t -> overwrites(t, meanwhile));
    }

    private static Cell read(String name, OpenOption[] options, Cell.Step meanwhile) {
        return new Cell(
                name,
                Fixture.DENSE,
                t -> open(t, options).thenCompose(any -> another(t, t.path(), DIRECT)),
                t ->
                        Repeater.repeat(
                                t.place.loop(),
                                t.elsewhere(() -> meanwhile.take(t)),
                                n -> t.read(t.file, t.block(n % BLOCKS), BLOCK)));
    }

    private static CompletableFuture<?> overwrites(Trial trial, Cell.Step meanwhile) {
        return Repeater.repeat(
                trial.place.loop(),
                trial.elsewhere(() -> meanwhile.take(trial)),
                n -> trial.write(trial.file, trial.block(n % BLOCKS), BLOCK));
    }

    private static CompletableFuture<AioFile> another(Trial t, Path path, OpenOption... options) {
        return t.openOther(path, options).thenApply(file -> t.second = file);
    }

    private static CompletionStage<?> sharedAndExtended(Trial trial) {
        return open(trial, DIRECT)
                .thenCompose(
                        file -> {
                            trial.second = trial.shared(file);
                            return trial.extend(file, SMALL);
                        });
    }

    private static CompletionStage<?> oneFile(Trial trial) {
        Path path = trial.ofRound("file");
        return trial.open(path, CREATE)
                .thenCompose(
                        file -> {
                            trial.file = file;
                            return trial.write(file, trial.block(0), BLOCKS * Fixture.STRIDE);
                        });
    }

    private static CompletionStage<?> twoFiles(Trial trial) {
        return oneFile(trial)
                .thenCompose(any -> another(trial, trial.ofRound("other"), CREATE))
                .thenCompose(other -> trial.extend(other, SMALL));
    }

    private static CompletableFuture<?> partial(Trial trial) {
        return trial.write(trial.second, trial.block(BLOCKS) + 100, 100)
                .thenCompose(any -> trial.write(trial.second, trial.block(BLOCKS + 1) + 100, 100));
    }

    private static CompletableFuture<?> bufferedAndSync(Trial trial) {
        // Beyond the end, so that fdatasync has metadata to write as well.
        return trial.extend(trial.second, SMALL)
                .thenCompose(any -> Trial.of(trial.second.fdatasync()));
    }

    private static CompletableFuture<?> fsync(Trial trial) {
        return Trial.of(trial.second.fsync());
    }

    private static CompletableFuture<?> extendAndSync(Trial trial) {
        return trial.extend(trial.second, SMALL).thenCompose(any -> fsync(trial));
    }

    private static CompletionStage<?> createAndSync(Trial trial) {
        return NameCells.create(trial)
                .thenCompose(
                        any ->
                                Trial.of(
                                        AioFiles.of(trial.place.other())
                                                .syncDirectory(trial.path())));
    }

    /** Each page is dirtied, through the page cache, and overwritten at once. */
    private static CompletionStage<?> dirtied(Trial trial) {
        CompletionStage<?> last = Cells.NOTHING;
        for (int i = 0; i < 3; i++) {
            long position = trial.block(i);
            last =
                    last.thenCompose(
                                    any ->
                                            trial.elsewhere(
                                                    () ->
                                                            trial.write(
                                                                    trial.second, position, BLOCK)))
                            .thenComposeAsync(
                                    any -> trial.write(trial.file, position, BLOCK),
                                    trial.place.loop());
        }
        return last;
    }
}
