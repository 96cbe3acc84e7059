// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import com.sun.nio.file.ExtendedCopyOption;
import java.nio.file.CopyOption;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;

/**
 * The options of a copy, checked on the caller's thread, as {@link java.nio.file.Files} has them.
 */
record CopyOptions(boolean replace, boolean attributes, boolean noFollow) {

    static CopyOptions of(CopyOption... options) {
        boolean replace = false;
        boolean attributes = false;
        boolean noFollow = false;
        for (CopyOption option : options) {
            if (option == StandardCopyOption.REPLACE_EXISTING) {
                replace = true;
            } else if (option == StandardCopyOption.COPY_ATTRIBUTES) {
                attributes = true;
            } else if (option == LinkOption.NOFOLLOW_LINKS) {
                noFollow = true;
            } else if (option == null) {
                throw new NullPointerException("options contains null");
            } else if (option != ExtendedCopyOption.INTERRUPTIBLE) {
                // No thread is kept that anybody could interrupt: that one is no different here.
                throw new UnsupportedOperationException(
                        "option=" + option + " is not supported by a copy");
            }
        }
        return new CopyOptions(replace, attributes, noFollow);
    }

    /** How the source is looked at. */
    LinkOption[] links() {
        return noFollow ? new LinkOption[] {LinkOption.NOFOLLOW_LINKS} : new LinkOption[0];
    }
}
