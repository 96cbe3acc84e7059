// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.concurrent.ConcurrentHashMap;

/** The inodes that this process has open for writing, each once, by device and inode number. */
final class InodeTable {
    static final InodeTable INSTANCE = new InodeTable();

    private record Key(long device, long inode) {}

    private static final class Entry {
        final InodeState state;
        int users;

        Entry(InodeState state) {
            this.state = state;
        }
    }

    private final ConcurrentHashMap<Key, Entry> entries = new ConcurrentHashMap<>();

    InodeState acquire(long device, long inode, long block, long size) {
        return entries.compute(
                        new Key(device, inode),
                        (key, entry) -> {
                            Entry used =
                                    entry == null ? new Entry(new InodeState(block, size)) : entry;
                            used.users++;
                            used.state.seenSize(size);
                            return used;
                        })
                .state;
    }

    void release(long device, long inode) {
        entries.computeIfPresent(
                new Key(device, inode), (key, entry) -> --entry.users == 0 ? null : entry);
    }

    int size() {
        return entries.size();
    }
}
