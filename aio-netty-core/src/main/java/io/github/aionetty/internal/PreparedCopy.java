// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;

/**
 * A copy whose files are open.
 *
 * @param source a name of the source, as long as it is open
 * @param attributes of the source
 * @param all whether the copy is to get the attributes
 * @param size the source's, when it was opened
 * @param shared whether the copy has the source's extents already
 */
record PreparedCopy(
        OpenName source,
        CopyTarget target,
        CopySource attributes,
        boolean all,
        OpenFile from,
        OpenFile to,
        long size,
        boolean shared) {
    private static final InternalLogger LOGGER =
            InternalLoggerFactory.getInstance(PreparedCopy.class);

    /** On a helper: makes it what it is to be, but for its name. */
    void settle(OpenFile copy, long length) throws IOException {
        copy.truncate(length);
        OpenName name = OpenName.of(copy, false);
        if (all) {
            CopyAttributes.apply(attributes, source, name);
        } else {
            attributes.restrict(name);
        }
    }

    /** On a helper: removes what is not going to be finished. */
    Void discard() {
        try {
            target.discard();
        } catch (IOException e) {
            LOGGER.warn("{} is left behind", target.temporary, e);
        }
        return null;
    }

    /** On a helper: nobody goes on with it. */
    Void closeAndDiscard() {
        Closing.logged(from);
        Closing.logged(to);
        return discard();
    }

    /** Any thread: the same. */
    void abandon() {
        Closing.onHelper(HelperLane.COPY, to.device, this::closeAndDiscard);
    }
}
