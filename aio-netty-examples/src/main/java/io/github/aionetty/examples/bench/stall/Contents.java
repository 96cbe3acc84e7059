// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the files of one file system must hold. Any thread. */
final class Contents {
    private final Map<Path, Expected> files = new ConcurrentHashMap<>();

    /** A file's; an empty one where nothing was noted of it. */
    Expected of(Path path) {
        return files.computeIfAbsent(path, any -> new Expected());
    }

    void moved(Path source, Path target) {
        files.put(target, files.remove(source));
    }

    void deleted(Path path) {
        files.remove(path);
    }

    /** All that was noted until now counts as checked. */
    void checked() {
        files.values().forEach(Expected::checked);
    }

    /** Compares every file with what was noted of it since the last check. */
    void check() throws IOException {
        for (Map.Entry<Path, Expected> file : files.entrySet()) {
            file.getValue().check(file.getKey());
        }
    }
}
