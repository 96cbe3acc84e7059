// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;

/** Memory by its address, eight bytes at a time. */
interface Words {
    long get(long address);

    void put(long address, long value);

    /**
     * That of this process, by what Netty has for it.
     *
     * @throws IOException if it has nothing
     */
    static Words ofThisProcess() throws IOException {
        if (!PlatformDependent.hasUnsafe()) {
            throw new IOException(
                    "Netty has no access to memory by its address; it needs sun.misc.Unsafe");
        }
        return new Words() {
            @Override
            public long get(long address) {
                return PlatformDependent.getLong(address);
            }

            @Override
            public void put(long address, long value) {
                PlatformDependent.putLong(address, value);
            }
        };
    }
}
