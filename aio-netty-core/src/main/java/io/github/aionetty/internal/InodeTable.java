// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.HashMap;
import java.util.Map;

/**
 * The inodes that this process has open, each once, by device and inode number, and their devices.
 * Asked at open and close only.
 */
final class InodeTable {
    static final InodeTable INSTANCE = new InodeTable();

    private record Key(long device, long inode) {}

    private static final class Entry<T> {
        final T state;
        int users;

        Entry(T state) {
            this.state = state;
        }
    }

    private final Map<Key, Entry<InodeState>> inodes = new HashMap<>();
    private final Map<Long, Entry<DeviceState>> devices = new HashMap<>();

    synchronized InodeState acquire(long device, long inode, long block, long size) {
        Key key = new Key(device, inode);
        Entry<InodeState> entry = inodes.get(key);
        if (entry == null) {
            entry = new Entry<>(new InodeState(block, size, acquireDevice(device)));
            inodes.put(key, entry);
        }
        entry.users++;
        entry.state.seenSize(size);
        return entry.state;
    }

    synchronized void release(long device, long inode) {
        Key key = new Key(device, inode);
        Entry<InodeState> entry = inodes.get(key);
        if (entry != null && --entry.users == 0) {
            inodes.remove(key);
            releaseDevice(device);
        }
    }

    /** The device's state as long as it is used; {@link #releaseDevice} follows. */
    synchronized DeviceState acquireDevice(long device) {
        Entry<DeviceState> entry =
                devices.computeIfAbsent(
                        device, number -> new Entry<>(new DeviceState(RequestQueue.of(number))));
        entry.users++;
        return entry.state;
    }

    synchronized void releaseDevice(long device) {
        Entry<DeviceState> entry = devices.get(device);
        if (entry != null && --entry.users == 0) {
            devices.remove(device);
        }
    }

    synchronized int devices() {
        return devices.size();
    }

    synchronized int size() {
        return inodes.size();
    }
}
