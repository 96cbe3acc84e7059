// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.util.ArrayDeque;

/**
 * What one device has of a context: the slots it uses, the requests that those make of the device's
 * queue, and the operations that wait. Requests are lent by a {@link RequestPool} a few at a time,
 * so that loops share a queue without a write to shared memory for each operation. Confined to the
 * owner.
 */
final class DeviceShare {
    private static final int CHUNK = 8;

    final ArrayDeque<Operation> waiting = new ArrayDeque<>();
    int inUse;

    /** Listed in {@link PendingQueue} as having an operation that could begin. */
    boolean listed;

    /** {@code null} where it is not known. */
    private RequestPool pool;

    private int requests;
    private int lent;

    /** The device of the file that is going to be used: another one if all files were closed. */
    void use(DeviceState used) {
        if (pool != used.pool) {
            giveBack();
            pool = used.pool;
        }
    }

    /** Gives back what was lent and is not used; the next operation borrows anew. */
    void giveBack() {
        if (pool != null && lent > 0) {
            pool.giveBack(lent);
        }
        lent = 0;
    }

    /** Whether the device's queue has room for so many more requests of this context. */
    boolean admits(int more) {
        while (pool != null && requests + more > lent) {
            int granted = pool.lend(CHUNK, lent);
            if (granted == 0) {
                // One operation may always go alone: else it would never begin.
                return requests == 0;
            }
            lent += granted;
        }
        return true;
    }

    void begin(Operation operation) {
        inUse++;
        requests += operation.requests;
    }

    void end(Operation operation) {
        inUse--;
        requests -= operation.requests;
        if (pool == null || lent == 0) {
            return;
        }
        if (requests == 0 && pool.isShort()) {
            // Who comes to rest keeps nothing that others need.
            giveBack();
        } else if (lent - requests >= 3 * CHUNK) {
            // Not at once: a loop whose depth varies would borrow and give back all the time.
            lent -= CHUNK;
            pool.giveBack(CHUNK);
        }
    }

    int requests() {
        return requests;
    }
}
