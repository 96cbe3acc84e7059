// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Memory;
import io.github.aionetty.nativeaio.Syscalls;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** System calls that a test sees, delays or answers before they are made. */
public final class Intercepted {
    private static final long SECONDS = 60;

    private Intercepted() {}

    /** Sees each call; gives {@code null} to have it made, or its answer. */
    public interface Interceptor {
        Object before(String call, Object[] arguments);
    }

    /** What an iocb asks for. */
    public record Transfer(int opcode, long length) {}

    /** The kernel's calls. */
    public static Syscalls kernel(Interceptor interceptor) {
        return over(LibAio.instance(), interceptor);
    }

    /** The calls of another implementation. */
    public static Syscalls over(Syscalls behind, Interceptor interceptor) {
        return PartlyFaked.proxy(
                (method, arguments) -> {
                    Object answer = interceptor.before(method.getName(), arguments);
                    return answer != null ? answer : method.invoke(behind, arguments);
                });
    }

    /** The transfers that a call of {@code ioSubmit} offers to the kernel. */
    public static List<Transfer> transfers(Object[] ioSubmit) {
        List<Transfer> transfers = new ArrayList<>();
        int count = (int) ioSubmit[1];
        ByteBuffer pointers = Memory.view((long) ioSubmit[2], 8L * count);
        for (int i = 0; i < count; i++) {
            // The picture is at IocbArray.
            ByteBuffer iocb = Memory.view(pointers.getLong(8 * i), 64);
            transfers.add(new Transfer(iocb.getShort(16), iocb.getLong(32)));
        }
        return transfers;
    }

    /** Waits as a device that hangs does. Gives {@code null}: the call is made then. */
    public static Object hang(CountDownLatch until) {
        try {
            if (!until.await(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("never released");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return null;
    }
}
