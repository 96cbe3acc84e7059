// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.github.aionetty.nativeaio.Memory;
import java.nio.ByteBuffer;

/** What a played {@code io_submit} says it has taken. */
public final class CallTimes {
    private CallTimes() {}

    /** Where the call was asked for its time. The picture is at CallTime. */
    public static void tell(Object[] ioSubmit, long nanos, long switches) {
        if (ioSubmit.length == 4 && (long) ioSubmit[3] != 0) {
            tell((long) ioSubmit[3], nanos, switches);
        }
    }

    /** At the address of a CallTime. */
    public static void tell(long address, long nanos, long switches) {
        ByteBuffer time = Memory.view(address, 24);
        time.putLong(8, nanos);
        if (nanos >= time.getLong(0)) {
            time.putLong(16, switches);
        }
    }
}
