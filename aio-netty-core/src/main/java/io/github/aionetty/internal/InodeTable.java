// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;

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

        /** Of a device: whose pool it uses. */
        Path disk;

        Entry(T state) {
            this.state = state;
        }
    }

    private final Map<Key, Entry<InodeState>> inodes = new HashMap<>();
    private final Map<Long, Entry<DeviceState>> devices = new HashMap<>();

    private final Map<Path, Entry<RequestPool>> pools = new HashMap<>();
    private final LongFunction<RequestQueue> queues;

    private InodeTable() {
        this(RequestQueue::of);
    }

    /** A table that asks elsewhere than in sysfs how long a device's queue is. */
    InodeTable(LongFunction<RequestQueue> queues) {
        this.queues = queues;
    }

    InodeState acquire(long device, long inode, long block, long size) {
        return acquire(new Key(device, inode), block, size, acquireDevice(device));
    }

    private synchronized InodeState acquire(Key key, long block, long size, DeviceState device) {
        Entry<InodeState> entry = inodes.get(key);
        if (entry == null) {
            entry = new Entry<>(new InodeState(block, size, device));
            inodes.put(key, entry);
        } else {
            // Its first user holds it for all of them.
            releaseDevice(key.device);
        }
        entry.users++;
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
    DeviceState acquireDevice(long device) {
        DeviceState known = acquireDevice(device, null);
        // Not under the monitor: sysfs can be slow, and all opens and closes would wait for it.
        return known != null ? known : acquireDevice(device, queues.apply(device));
    }

    /** Without a queue {@code null} where the device is not used yet. */
    private synchronized DeviceState acquireDevice(long device, RequestQueue queue) {
        Entry<DeviceState> entry = devices.get(device);
        if (entry == null) {
            if (queue == null) {
                return null;
            }
            entry = new Entry<>(new DeviceState(acquirePool(queue)));
            entry.disk = queue.disk();
            devices.put(device, entry);
        }
        entry.users++;
        return entry.state;
    }

    synchronized void releaseDevice(long device) {
        Entry<DeviceState> entry = devices.get(device);
        if (entry != null && --entry.users == 0) {
            devices.remove(device);
            releasePool(entry.disk);
        }
    }

    /** Partitions of a disk share its queue; where the disk is not known nothing is shared. */
    private RequestPool acquirePool(RequestQueue queue) {
        if (queue.disk() == null) {
            return new RequestPool(queue);
        }
        Entry<RequestPool> entry =
                pools.computeIfAbsent(queue.disk(), disk -> new Entry<>(new RequestPool(queue)));
        entry.users++;
        return entry.state;
    }

    private void releasePool(Path disk) {
        Entry<RequestPool> entry = pools.get(disk);
        if (entry != null && --entry.users == 0) {
            pools.remove(disk);
        }
    }

    synchronized int pools() {
        return pools.size();
    }

    synchronized int devices() {
        return devices.size();
    }

    synchronized int size() {
        return inodes.size();
    }
}
