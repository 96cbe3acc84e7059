// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What one file may hold: what was reported, which it must hold, and what was begun, which it may.
 * Whether a change was reported is asked as of a mark, for reports go on while one looks.
 */
abstract class History {
    static final int NEVER = Integer.MAX_VALUE;

    /** A change that is not settled yet. */
    static final class Entry {
        final Change change;

        /** When it was reported, in marks. */
        int reported = NEVER;

        Entry(Change change) {
            this.change = change;
        }
    }

    final Way way;

    /** In the order of their beginning. */
    private final List<Entry> entries = new ArrayList<>();

    History(Way way) {
        this.way = way;
    }

    final synchronized void begun(Change change) {
        entries.add(new Entry(change));
    }

    final synchronized void reported(int version, int mark) {
        for (Entry entry : entries) {
            if (entry.change.version() == version) {
                entry.reported = mark;
                return;
            }
        }
        throw new AssertionError(way + " reported what it had not begun: " + version);
    }

    /** The changes that were reported up to then, or the others. */
    final synchronized List<Change> changes(boolean reported, int mark) {
        return entries.stream()
                .filter(entry -> (entry.reported <= mark) == reported)
                .map(entry -> entry.change)
                .toList();
    }

    /** The changes that were reported up to then hold for good. */
    final synchronized void fold(int mark) {
        for (Iterator<Entry> each = entries.iterator(); each.hasNext(); ) {
            Entry entry = each.next();
            if (entry.reported <= mark) {
                apply(entry.change);
                each.remove();
            }
        }
    }

    final synchronized void forgetEntries() {
        entries.clear();
    }

    /** Makes a reported change part of what the file holds. */
    abstract void apply(Change change);

    /**
     * Fails unless the file holds everything that was reported up to the mark, and nothing that was
     * never written.
     *
     * @return bytes that were compared with a report
     */
    abstract long check(Path file, int mark) throws IOException;

    /** What the file holds now is what it holds: nobody writes it. Checked before. */
    abstract void settle(Path file) throws IOException;

    /** The size that somebody was told on opening the file. */
    abstract void checkOpened(long size, int mark);

    /** As that, of the file that goes on being written. */
    abstract void opened(long size, int mark);
}
