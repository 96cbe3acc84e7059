// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import io.github.aionetty.AioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One of the lanes of a file that is divided into slots, which they own in turn: appends and
 * overwrites records, each somewhere in its slot. Where slots are no blocks, lanes share blocks.
 */
final class SlotLane extends Lane {
    private static final int SLOTS = 100;
    private static final int BLOCKS_OF_SLOT = 5;
    private static final int ODD_SLOT = 17_001;
    private static final int SECTOR = 512;

    /** Where the lanes meet. */
    private static final int HOT = 6;

    private final AioFile[] handles;
    private final int lane;
    private final int lanes;
    private final int slot;

    /** How many of the own slots have been written. */
    private int used;

    SlotLane(
            Way way,
            Reporter reporter,
            SplittableRandom random,
            int lane,
            int lanes,
            long size,
            AioFile... handles) {
        super(way, reporter, random);
        this.handles = handles;
        this.lane = lane;
        this.lanes = lanes;
        this.slot = way.unit == 1 ? ODD_SLOT : BLOCKS_OF_SLOT * BLOCK;
        this.used = (int) Math.min(SLOTS, (size / slot + lanes - 1) / lanes);
    }

    @Override
    void step() {
        int count = batch();
        int first;
        if (used + count <= SLOTS && (used < count || oneIn(2))) {
            first = used;
            used += count;
        } else {
            int most = used - count + 1;
            first = random.nextInt(oneIn(2) ? Math.min(most, HOT) : most);
        }
        List<int[]> ranges = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            ranges.add(record((i * lanes + lane) * slot));
        }
        writeAll(ranges, handles);
    }

    /** A range of bytes, of sectors or of blocks, wherever the slot begins. */
    private int[] record(int start) {
        int unit = way.unit;
        if (unit == 1 && oneIn(2)) {
            unit = oneIn(2) ? SECTOR : BLOCK;
        }
        int up = -start & (unit - 1);
        int units = (slot - up) / unit;
        int from = random.nextInt(units);
        int length = 1 + random.nextInt(units - from);
        return new int[] {start + up + from * unit, length * unit};
    }
}
