// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.netty.channel.EventLoop;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Files that stay open for the next who asks, on whatever loop. A file is given out only for
 * attributes that somebody has just seen by its name: inode, size and modification time are those
 * of what was opened, or it is closed. Any thread.
 */
final class FileCache implements AutoCloseable {
    /** A deleted file keeps its space no longer than this. */
    static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(20);

    /** Permissions that have been taken away count again after this. */
    static final long AGE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final ConcurrentHashMap<Key, Entry> files = new ConcurrentHashMap<>();
    private final int capacity;
    private final LongSupplier clock;
    private volatile boolean closed;

    /** One name may be open twice: through the page cache, and past it. */
    private record Key(Tree tree, String path, boolean direct) {}

    private static final class Entry {
        private final AioFile file;
        private final AioFileAttributes attributes;
        private final long opened;
        private volatile long used;

        Entry(AioFile file, AioFileAttributes attributes, long now) {
            this.file = file;
            this.attributes = attributes;
            this.opened = now;
            this.used = now;
        }

        boolean isOver(long now) {
            return now - used > IDLE_NANOS || now - opened > AGE_NANOS;
        }
    }

    /**
     * Creates an empty cache.
     *
     * @param capacity how many files at most; 0 for none
     */
    FileCache(int capacity) {
        this(capacity, System::nanoTime);
    }

    FileCache(int capacity, LongSupplier clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    /**
     * A handle of an open file, which the caller closes.
     *
     * @param seen what the name leads to now
     * @return {@code null} where it is not open
     */
    AioFile take(Tree tree, String path, boolean direct, AioFileAttributes seen, EventLoop loop) {
        Key key = new Key(tree, path, direct);
        Entry entry = files.get(key);
        if (entry == null) {
            return null;
        }
        long now = clock.getAsLong();
        if (!entry.attributes.equals(seen) || now - entry.opened > AGE_NANOS) {
            remove(key, entry);
            return null;
        }
        entry.used = now;
        AioFile handle = entry.file.on(loop);
        return handle.isOpen() ? handle : null; // It was just being closed.
    }

    /**
     * Keeps a file, by a handle of its own.
     *
     * @param attributes of what was opened
     */
    void offer(Tree tree, String path, boolean direct, AioFile file, AioFileAttributes attributes) {
        if (capacity == 0 || closed) {
            return;
        }
        AioFile handle = file.on(file.context().eventLoop());
        Entry old =
                files.put(
                        new Key(tree, path, direct),
                        new Entry(handle, attributes, clock.getAsLong()));
        if (old != null) {
            old.file.close();
        }
        if (files.size() > capacity) {
            evict();
        }
        if (closed) {
            close();
        }
    }

    /** The one that has not been used for the longest time. */
    private void evict() {
        Key oldest = null;
        Entry least = null;
        for (var candidate : files.entrySet()) {
            if (least == null || candidate.getValue().used - least.used < 0) {
                oldest = candidate.getKey();
                least = candidate.getValue();
            }
        }
        if (least != null) {
            remove(oldest, least);
        }
    }

    /** Closes what nobody has asked for; to be called now and then. */
    void sweep() {
        long now = clock.getAsLong();
        files.forEach(
                (key, entry) -> {
                    if (entry.isOver(now)) {
                        remove(key, entry);
                    }
                });
    }

    private void remove(Key key, Entry entry) {
        if (files.remove(key, entry)) {
            entry.file.close();
        }
    }

    int size() {
        return files.size();
    }

    @Override
    public void close() {
        closed = true;
        for (Iterator<Entry> all = files.values().iterator(); all.hasNext(); ) {
            Entry entry = all.next();
            all.remove();
            entry.file.close();
        }
    }
}
