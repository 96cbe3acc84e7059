// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Names for what is to get its own name only once it is whole. Beside the target, so that a rename
 * gives it; as a prefix a dot, so that listings pass it over, and no part of the target's name,
 * which may be as long as names get.
 */
final class TemporaryName {
    private static final String PREFIX = ".aio-netty-";
    private static final String SUFFIX = ".part";

    private TemporaryName() {}

    /** A name that nobody uses; whoever makes the file asks for a new one all the same. */
    static Path beside(Path target) {
        long random = ThreadLocalRandom.current().nextLong();
        return target.resolveSibling(PREFIX + Long.toHexString(random) + SUFFIX);
    }
}
