// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.buffer.ByteBuf;

/** Takes the body of a request, part by part. All on the connection's loop. */
interface BodyReceiver {
    /**
     * A part, which now belongs to the receiver.
     *
     * @return whether it has room for more; else {@link Exchange#bodyWanted} says so later
     */
    boolean received(ByteBuf part);

    /** That was all of it. */
    void ended();

    /** No more will come: the client has gone, is too slow, or sends nonsense. */
    void aborted(Throwable cause);
}
