// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A name for the JDK's calls that means an open file, and no other that has got its path meanwhile:
 * whoever may write the directory could put a link there. Valid until the file is closed.
 *
 * @param follows whether the name is looked at through a link
 */
record OpenName(Path path, boolean follows) {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final boolean KNOWN = Files.isDirectory(DESCRIPTORS);

    /**
     * Of its descriptor.
     *
     * @param follows for the path, where there is no descriptor to be had
     */
    static OpenName of(OpenFile file, boolean follows) {
        int descriptor = file.descriptor();
        if (descriptor < 0 || !KNOWN) {
            return new OpenName(file.path, follows);
        }
        // A link of /proc leads to the inode, not to a path.
        return new OpenName(DESCRIPTORS.resolve(Integer.toString(descriptor)), true);
    }

    LinkOption[] links() {
        return follows ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    }
}
