// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import java.nio.channels.ClosedChannelException;

/** Fails operations on a file, a context or an event loop that has been closed. */
public final class AioClosedException extends ClosedChannelException {
    private static final long serialVersionUID = 1L;
    private final String message;

    /**
     * Creates the exception.
     *
     * @param message what is closed, and what to do instead
     */
    public AioClosedException(String message) {
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
