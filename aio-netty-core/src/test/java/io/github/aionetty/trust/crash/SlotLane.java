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
            first = random.nextInt(used - count + 1);
        }
        List<int[]> ranges = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            ranges.add(record((i * lanes + lane) * slot));
        }
        writeAll(ranges, handles);
    }

    private int[] record(int start) {
        if (way.unit == 1 && !oneIn(4)) {
            int from = random.nextInt(slot);
            return new int[] {start + from, 1 + random.nextInt(slot - from)};
        }
        // Whole blocks, wherever the slot begins.
        int up = -start & (BLOCK - 1);
        int blocks = (slot - up) / BLOCK;
        int from = random.nextInt(blocks);
        return new int[] {start + up + from * BLOCK, (1 + random.nextInt(blocks - from)) * BLOCK};
    }
}
