// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Closes descriptors, on helpers however busy those are. */
final class Closing {
    private static final InternalLogger LOGGER = InternalLoggerFactory.getInstance(Closing.class);

    private Closing() {}

    /** Gives one handle's share back; a helper closes the descriptor if it was the last. */
    static void later(OpenFile file) {
        if (file.release()) {
            hand(file);
        }
    }

    static void later(DefaultAioFile handle) {
        if (handle.release()) {
            hand(handle.open);
        }
    }

    private static void hand(OpenFile file) {
        onHelper(file, () -> closeNow(file));
    }

    /** Runs it as soon as the lane takes it. */
    static void onHelper(OpenFile file, Runnable closing) {
        onHelper(HelperLane.METADATA, file.device, closing);
    }

    static void onHelper(HelperLane lane, Long device, Runnable closing) {
        try {
            lane.execute(device, closing);
        } catch (RejectedExecutionException e) {
            // The lane is full: a descriptor can wait, and must not be forgotten.
            GlobalEventExecutor.INSTANCE.schedule(
                    () -> onHelper(lane, device, closing), 1, TimeUnit.SECONDS);
        }
    }

    /** On a helper. */
    static void closeNow(OpenFile file) {
        if (file.allocatesAhead()) {
            new RangedClose(file).start();
        } else {
            logged(file);
        }
    }

    static void logged(OpenFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOGGER.warn("closing {} failed", file.path, e);
        }
    }
}
