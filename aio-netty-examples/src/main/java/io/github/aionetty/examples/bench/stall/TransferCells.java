// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import static io.github.aionetty.examples.bench.stall.Cells.AT_ONCE;
import static io.github.aionetty.examples.bench.stall.Cells.BLOCK;
import static io.github.aionetty.examples.bench.stall.Cells.BUFFERED;
import static io.github.aionetty.examples.bench.stall.Cells.DIRECT;
import static io.github.aionetty.examples.bench.stall.Cells.open;
import static io.github.aionetty.examples.bench.stall.Cells.times;

import java.nio.file.OpenOption;
import java.util.List;

/** Reads and writes by themselves. */
final class TransferCells {
    private static final int LARGE = 4 << 20;
    private static final int SMALL = 64 << 10;

    private TransferCells() {}

    static List<Cell> all() {
        return List.of(
                cold("direct read", DIRECT, t -> t.read(t.file, t.fragment(0), BLOCK)),
                new Cell(
                        "direct read just after open",
                        Fixture.FRAGMENTED,
                        t -> Cells.NOTHING,
                        t ->
                                open(t, DIRECT)
                                        .thenCompose(file -> t.read(file, t.fragment(0), BLOCK))),
                cold("buffered read", BUFFERED, t -> t.read(t.file, t.fragment(0), BLOCK)),
                cold(
                        AT_ONCE + " direct reads at once",
                        DIRECT,
                        t -> times(AT_ONCE, i -> t.read(t.file, t.fragment(i), BLOCK))),
                cold(
                        AT_ONCE + " buffered reads at once",
                        BUFFERED,
                        t -> times(AT_ONCE, i -> t.read(t.file, t.fragment(i), BLOCK))),
                cold("unaligned read", DIRECT, t -> t.read(t.file, t.fragment(0) + 100, 5000)),
                cold("large read", DIRECT, t -> t.read(t.file, large(t), LARGE)),
                cold("unaligned write", DIRECT, t -> t.write(t.file, t.fragment(0) + 100, 3000)),
                cold("overwrite", DIRECT, t -> t.write(t.file, t.fragment(0), BLOCK)),
                cold(
                        AT_ONCE + " overwrites at once",
                        DIRECT,
                        t -> times(AT_ONCE, i -> t.write(t.file, t.fragment(i), BLOCK))),
                cold(
                        "write into a hole",
                        DIRECT,
                        t -> t.write(t.file, t.fragment(0) + BLOCK, BLOCK)),
                dense("buffered write", BUFFERED, t -> t.write(t.file, t.block(0), BLOCK)),
                dense("extending write", DIRECT, t -> t.extend(t.file, SMALL)),
                dense(
                        "write beyond the end",
                        DIRECT,
                        t -> t.write(t.file, t.expected(t.path()).size() + (1 << 20), BLOCK)),
                new Cell(
                        "write into allocated space",
                        Fixture.DENSE,
                        t -> open(t, DIRECT).thenCompose(file -> t.allocateMore(file, SMALL)),
                        t -> t.write(t.file, t.expected(t.path()).size() - SMALL, SMALL)));
    }

    private static long large(Trial trial) {
        int many = Fixture.EXTENTS * Fixture.STRIDE / LARGE;
        return (trial.round % many) * (long) LARGE;
    }

    private static Cell cold(String name, OpenOption[] options, Cell.Step run) {
        return new Cell(name, Fixture.FRAGMENTED, t -> open(t, options), run);
    }

    private static Cell dense(String name, OpenOption[] options, Cell.Step run) {
        return new Cell(name, Fixture.DENSE, t -> open(t, options), run);
    }
}
