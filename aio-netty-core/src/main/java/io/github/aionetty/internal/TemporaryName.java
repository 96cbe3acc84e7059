// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.nio.file.Path;
import java.util.UUID;

/** Names for what is written before it takes its target's place. */
final class TemporaryName {
    private TemporaryName() {}

    /**
     * In the same directory, and so on the same file system; hidden. Nothing of the target's own
     * name is in it: that may be as long as a name can be.
     */
    static Path beside(Path target) {
        return target.resolveSibling(".aio-netty-" + UUID.randomUUID() + ".part");
    }
}
