// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.nativeaio.Memory;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/** Finds the address of a transfer's memory. */
final class Addresses {
    private Addresses() {}

    static long of(Operation operation) {
        ByteBuf memory = operation.memory;
        if (memory == null) {
            return 0;
        }
        if (memory.hasMemoryAddress()) {
            return memory.memoryAddress() + operation.memoryIndex;
        }
        // A view of its own: the buffer's internal one may be in use by another thread.
        ByteBuffer view = memory.nioBuffer(operation.memoryIndex, operation.transferLength);
        return Memory.address(view) + view.position();
    }
}
