// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link InodeState} against a model without lists, counts or shortcuts, on random histories. */
@Timeout(60)
class InodeStateModelTest {
    private static final int BLOCK = 4096;

    /** What the model knows of one task: its blocks, one by one, and its kind. */
    private static final class Wanted {
        final TestRange range = new TestRange("range");
        final char kind;
        final long firstBlock;
        final long lastBlock;
        final long newSize;

        /** Whether overwrites have to keep out meanwhile. */
        boolean disrupts = true;

        Wanted(char kind, long firstBlock, long lastBlock, long newSize) {
            this.kind = kind;
            this.firstBlock = firstBlock;
            this.lastBlock = lastBlock;
            this.newSize = newSize;
        }

        /** A resize reaches to the end of all files. */
        private boolean writesDirect() {
            return kind == 'D' || (kind == 'X' && lastBlock != Long.MAX_VALUE);
        }

        boolean excludes(Wanted other, int folioBlocks) {
            if (kind == other.kind && kind != 'X') {
                return false;
            }
            int unit = writesDirect() || other.writesDirect() ? folioBlocks : 1;
            return firstBlock / unit <= other.lastBlock / unit
                    && other.firstBlock / unit <= lastBlock / unit;
        }
    }

    private final List<Wanted> active = new ArrayList<>();
    private final List<Wanted> waiting = new ArrayList<>();
    private long size;
    private int folioBlocks;

    /** The overwrites inside the gate, by handle. */
    private final int[] inside = new int[3];

    private boolean drained() {
        return Arrays.stream(inside).sum() == 0;
    }

    private boolean closed() {
        return Stream.concat(active.stream(), waiting.stream()).anyMatch(task -> task.disrupts);
    }

    /** Moves what may run from waiting to active, in order of arrival. */
    private void grant() {
        List<Wanted> still = new ArrayList<>();
        for (Wanted candidate : waiting) {
            boolean free =
                    (candidate.kind == 'D' || drained())
                            && active.stream().noneMatch(a -> candidate.excludes(a, folioBlocks))
                            && still.stream().noneMatch(w -> candidate.excludes(w, folioBlocks));
            (free ? active : still).add(candidate);
        }
        waiting.clear();
        waiting.addAll(still);
    }

    private Wanted write(boolean direct, long position, long length) {
        long first = position / BLOCK;
        long last = (position + length - 1) / BLOCK;
        char kind = direct ? 'D' : 'B';
        long resized =
                Stream.concat(active.stream(), waiting.stream())
                        .filter(other -> other.lastBlock == Long.MAX_VALUE)
                        .mapToLong(other -> other.firstBlock * BLOCK)
                        .min()
                        .orElse(Long.MAX_VALUE);
        if (position > resized || (position > size && size % BLOCK != 0)) {
            first = Math.min(first, Math.min(size, resized) / BLOCK);
            kind = direct ? 'X' : 'B';
        }
        return new Wanted(kind, first, last, position + length);
    }

    private void compare(int step) {
        for (Wanted each : active) {
            assertThat(each.range.granted).as("step=%s: may run", step).isTrue();
        }
        for (Wanted each : waiting) {
            assertThat(each.range.granted).as("step=%s: has to wait", step).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void grantsWhatTheModelGrantsAndInTheEndEverything(long seed) {
        Random random = new Random(seed);
        size = random.nextInt(8) * BLOCK + (seed % 2 == 0 ? 0 : 777);
        folioBlocks = seed % 3 == 0 ? 1 : 4;
        InodeState inode = new InodeState(BLOCK, folioBlocks * BLOCK, size, new DeviceState());
        OverwriteGate.Count[] counts = new OverwriteGate.Count[inside.length];
        Arrays.setAll(counts, i -> inode.gate.register());
        for (int step = 0; step < 20_000; step++) {
            boolean more = active.size() + waiting.size() < 30;
            if (random.nextInt(3) == 0) {
                pass(counts, random);
            } else if (waiting.isEmpty() && (active.isEmpty() || random.nextInt(8) == 0)) {
                arrive(inode, random);
            } else if (more && random.nextBoolean()) {
                arrive(inode, random);
            } else if (!active.isEmpty()) {
                leave(inode, random.nextInt(active.size()), random);
            }
            compare(step);
        }
        for (int i = 0; i < counts.length; i++) {
            while (inside[i] > 0) {
                exit(counts, i);
                compare(-1);
            }
        }
        while (!active.isEmpty()) {
            leave(inode, random.nextInt(active.size()), random);
            compare(-1);
        }
        assertThat(waiting).as("starved").isEmpty();
    }

    /** An overwrite comes or goes. */
    private void pass(OverwriteGate.Count[] counts, Random random) {
        int handle = random.nextInt(counts.length);
        if (inside[handle] > 0 && random.nextInt(5) < 3) {
            exit(counts, handle);
        } else {
            boolean enters = !closed();
            assertThat(counts[handle].enter()).isEqualTo(enters);
            inside[handle] += enters ? 1 : 0;
        }
    }

    private void exit(OverwriteGate.Count[] counts, int handle) {
        inside[handle]--;
        grant();
        counts[handle].exit();
    }

    private void arrive(InodeState inode, Random random) {
        Wanted wanted;
        boolean granted;
        if (random.nextInt(10) == 0) {
            long position = random.nextInt(20 * BLOCK);
            wanted = new Wanted('X', Math.min(position, size) / BLOCK, Long.MAX_VALUE, position);
            granted = inode.acquireFrom(wanted.range, position);
        } else {
            boolean direct = random.nextBoolean();
            long unit = direct ? BLOCK : 1;
            long position = random.nextInt((int) (16 * BLOCK / unit)) * unit;
            long length = (1 + random.nextInt((int) (3 * BLOCK / unit))) * unit;
            wanted = write(direct, position, length);
            boolean overwrites = direct && random.nextInt(3) != 0;
            wanted.disrupts = wanted.kind != 'D' || !overwrites;
            granted = inode.acquireWrite(wanted.range, direct, position, length, overwrites);
        }
        wanted.range.granted |= granted;
        waiting.add(wanted);
        grant();
    }

    private void leave(InodeState inode, int index, Random random) {
        Wanted leaving = active.remove(index);
        boolean exact = leaving.lastBlock == Long.MAX_VALUE;
        boolean failed = random.nextInt(5) == 0;
        if (!failed) {
            size = exact ? leaving.newSize : Math.max(size, leaving.newSize);
        }
        grant();
        inode.release(leaving.range, failed ? -1 : leaving.newSize, exact);
    }
}
