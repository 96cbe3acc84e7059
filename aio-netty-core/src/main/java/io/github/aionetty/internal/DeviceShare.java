// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.ArrayDeque;

/** What one device has of a context: the slots it uses, and its operations that wait for one. */
final class DeviceShare {
    final ArrayDeque<Operation> waiting = new ArrayDeque<>();
    int inUse;

    /** Listed in {@link PendingQueue} as having an operation that could begin. */
    boolean listed;
}
