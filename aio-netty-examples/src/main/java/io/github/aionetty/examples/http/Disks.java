// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The trees of a server: its root, and the directories that are in the place of folders of it. */
final class Disks implements AutoCloseable {
    /** Of the machine's memory, or the container's, for popular large files. */
    private static final int MEMORY_SHARE = 4;

    private final List<AutoCloseable> owned = new ArrayList<>();
    private final Disk root;
    private final Map<String, Disk> mounts = new HashMap<>();

    Disks(Iterable<EventExecutor> loops, FileCache cache, ServerConfig config) throws IOException {
        Popularity popularity = new Popularity(memory() / MEMORY_SHARE);
        try {
            owned.add(cache);
            Tree tree = Tree.open(config.root(), loops);
            owned.add(tree);
            root = new Disk(tree, cache, popularity, config.direct());
            for (var mount : config.mounts().entrySet()) {
                Tree mounted = Tree.open(mount.getValue(), loops);
                owned.add(mounted);
                mounts.put(mount.getKey(), new Disk(mounted, cache, popularity, config.direct()));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    Disk root() {
        return root;
    }

    /** What the path's first name leads to; {@code null} for a name of the root. */
    Disk mounted(RequestPath path) {
        return mounts.isEmpty() || path.names().isEmpty() ? null : mounts.get(path.names().get(0));
    }

    @Override
    public void close() {
        for (AutoCloseable one : owned) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException(e); // None of them throws.
            }
        }
    }
}
