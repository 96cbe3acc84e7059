// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import static io.github.aionetty.support.Futures.get;

import io.github.aionetty.AioFile;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The only lane of a file: appends to it, and truncates it when it is long. */
final class AppendLane extends Lane {
    private static final int LONG = 6 << 20;
    private static final int LONGEST_RECORD = 96 * 1024;

    /** Opens the file, twice: on one loop and on another. */
    interface Opener {
        AioFile[] open();
    }

    private final Opener opener;
    private AioFile[] handles;
    private int end;

    AppendLane(Way way, Reporter reporter, SplittableRandom random, Opener opener) {
        super(way, reporter, random);
        this.opener = opener;
    }

    /** Opens the file and tells its size. */
    void open() {
        handles = opener.open();
        end = Math.toIntExact(get(handles[0].size()));
        reporter.opened(way, end);
    }

    @Override
    void step() {
        boolean resizes = way.pattern == Way.Pattern.RESIZES && oneIn(2);
        if (resizes || end > LONG) {
            resize();
        } else if (oneIn(40)) {
            reopen();
        } else if (end > 0 && oneIn(5)) {
            int length = length(end);
            int position = random.nextInt((end - length) / way.unit + 1) * way.unit;
            writeAll(List.of(new int[] {position, length}), handles);
        } else {
            append();
        }
    }

    private int length(int most) {
        int units = Math.min(most, LONGEST_RECORD) / way.unit;
        // Small ones are as frequent as large ones.
        return (1 + random.nextInt(1 + random.nextInt(units))) * way.unit;
    }

    private void append() {
        List<int[]> ranges = new ArrayList<>();
        if (oneIn(8)) {
            // Leaves a hole, or a part of what was allocated ahead that stays unwritten.
            end += length(LONGEST_RECORD);
        }
        for (int i = batch(); i > 0; i--) {
            int length = length(LONGEST_RECORD);
            ranges.add(new int[] {end, length});
            end += length;
        }
        writeAll(ranges, handles);
    }

    private void resize() {
        AioFile file = handles[random.nextInt(handles.length)];
        Change change;
        if (end <= LONG && oneIn(3)) {
            int length = length(LONGEST_RECORD);
            change = reporter.begin(way, Change.Kind.ALLOCATE, end, length);
            end += length;
            get(file.allocate(change.position(), length));
        } else {
            // Downwards, or upwards by a hole.
            int most = end > LONG || oneIn(2) ? end : end + LONGEST_RECORD;
            end = random.nextInt(most / way.unit + 1) * way.unit;
            change = reporter.begin(way, Change.Kind.TRUNCATE, end, 0);
            get(file.truncate(end));
        }
        if (reporter.wantsSync()) {
            get(file.fsync());
        }
        reporter.done(change);
        if (way.allocatesAhead()) {
            // The file may end in space now that was allocated ahead and that nobody has written,
            // which the next open would cut off.
            append();
        }
    }

    /** The last close sets the size to the data's end. */
    private void reopen() {
        for (AioFile handle : handles) {
            get(handle.close());
        }
        open();
    }
}
