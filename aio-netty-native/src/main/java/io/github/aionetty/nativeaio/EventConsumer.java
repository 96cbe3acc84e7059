// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

/** Receives completions, one call an event, on the thread that polls. */
@FunctionalInterface
public interface EventConsumer {
    /**
     * Takes one completion.
     *
     * @param data the {@code data} field of the iocb that completed
     * @param res bytes transferred, or a negative error number
     */
    void accept(long data, long res);
}
