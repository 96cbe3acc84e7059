// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Syscalls;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The kernel's own system calls, of which chosen ones fail. What gives something back (close,
 * io_destroy, munmap) is done all the same: there a failure is only reported, as the kernel does.
 */
public final class FailNth {
    private static final List<String> DONE_ALL_THE_SAME =
            Arrays.asList("close", "ioDestroy", "munmap");

    private record Fault(String call, int first, int last, int errno) {}

    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final Syscalls syscalls = PartlyFaked.proxy(this::call);

    /** To be given to a context. */
    public Syscalls syscalls() {
        return syscalls;
    }

    /**
     * Makes a call fail.
     *
     * @param call the name of a method of {@link Syscalls}
     * @param nth 1 for the next call, 2 for the one after it, …
     */
    public void fail(String call, int nth, int errno) {
        fail(call, nth, 1, errno);
    }

    /** As {@link #fail(String, int, int)}, for several calls in a row. */
    public void fail(String call, int nth, int times, int errno) {
        int first = calls(call) + nth;
        faults.add(new Fault(call, first, first + times - 1, errno));
    }

    /** How often a call was made. */
    public int calls(String call) {
        return count(call).get();
    }

    private AtomicInteger count(String call) {
        return counts.computeIfAbsent(call, name -> new AtomicInteger());
    }

    private Object call(Method method, Object[] arguments) throws ReflectiveOperationException {
        String name = method.getName();
        int number = count(name).incrementAndGet();
        for (Fault fault : faults) {
            if (fault.call.equals(name) && fault.first <= number && number <= fault.last) {
                if (DONE_ALL_THE_SAME.contains(name)) {
                    method.invoke(LibAio.instance(), arguments);
                }
                return method.getReturnType() == long.class
                        ? (Object) (long) -fault.errno
                        : -fault.errno;
            }
        }
        return method.invoke(LibAio.instance(), arguments);
    }
}
