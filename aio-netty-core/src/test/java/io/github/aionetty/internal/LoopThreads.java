// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Threads for JMH that Netty takes for those of an event loop: its pools keep a cache for no
 * others.
 */
public final class LoopThreads extends DefaultEventExecutorGroup {
    /** As JMH calls it. */
    public LoopThreads(int threads, String prefix) {
        super(threads, new DefaultThreadFactory(prefix, true));
    }
}
