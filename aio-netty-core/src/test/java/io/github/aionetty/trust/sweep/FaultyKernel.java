// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.ExtentMap;
import io.github.aionetty.nativeaio.IoEvents;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.nativeaio.Memory;
import io.github.aionetty.nativeaio.OpenFlags;
import io.github.aionetty.nativeaio.Syscalls;
import io.github.aionetty.support.CallTimes;
import io.github.aionetty.support.PartlyFaked;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The kernel's own system calls, of which one fails as a {@link Fault} says, with a {@link Ledger}
 * of what they give out. What gives something back (close, io_destroy, munmap) is done all the
 * same: there a failure is only reported, as the kernel does.
 */
final class FaultyKernel {
    private static final Set<String> DONE_ALL_THE_SAME = Set.of("close", "ioDestroy", "munmap");

    private static final Set<String> OF_A_DESCRIPTOR =
            Set.of(
                    "statx",
                    "fallocate",
                    "ftruncate",
                    "fsync",
                    "fdatasync",
                    "fiemap",
                    "ficlone",
                    "fcntlGetFlags",
                    "fcntlSetFlags",
                    "lock",
                    "lseek",
                    "cachestat",
                    "mincore",
                    "pread",
                    "pwrite");

    /** Room for what the first version of a header has; see {@link ExtentMap}. */
    private static final int EXTENT_HEADER = 32;

    private static final int EXTENT = 56;
    private static final int EXTENT_FLAGS = 40;
    private static final int EXTENTS_MAPPED = 20;
    private static final int BLOCK = 512;
    private static final long STALL_NANOS = 2_500_000;

    private final Syscalls kernel = LibAio.instance();
    private final Syscalls syscalls = PartlyFaked.proxy(this::call);
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final Fault fault;
    private final Evidence evidence = new Evidence();
    final Ledger ledger;

    /** By what is the context's id here; empty unless completions are forged. */
    private final Map<Long, ForgedRing> rings = new ConcurrentHashMap<>();

    private final boolean forges;
    private final int readBlock;
    private volatile boolean paused;
    private volatile boolean stalls;
    private volatile boolean lacksCachestat;

    /**
     * Without a fault where it is {@code null}.
     *
     * @param readBlock within which no direct read ends but at the file's end
     */
    FaultyKernel(Fault fault, Scenario scenario, int readBlock) {
        this.fault = fault;
        this.readBlock = readBlock;
        this.forges = scenario.forgesRing();
        // Where the kernel refuses them, the library turns to its ring.
        boolean refusesEvents = fault != null && fault.call().equals("ioGetEvents");
        ledger = new Ledger(scenario.seesEvents() && !refusesEvents);
    }

    Syscalls syscalls() {
        return syscalls;
    }

    Evidence evidence() {
        return evidence;
    }

    /** Until it goes on, calls are not counted, and none fails. */
    void pause(boolean now) {
        paused = now;
    }

    /** From now on io_submit takes longer than a loop may be held up. */
    void stall() {
        stalls = true;
    }

    /** From now on what is in memory is told by mincore alone. */
    void lackCachestat() {
        lacksCachestat = true;
    }

    /** How often each call was made. */
    Map<String, Integer> counts() {
        Map<String, Integer> result = new TreeMap<>();
        counts.forEach((call, count) -> result.put(call, count.get()));
        return result;
    }

    /** Counts a call; whether it is to fail. */
    private boolean hits(String call) {
        if (paused) {
            return false;
        }
        int number = counts.computeIfAbsent(call, c -> new AtomicInteger()).incrementAndGet();
        return fault != null && fault.call().equals(call) && fault.hits(number);
    }

    private Object call(Method method, Object[] arguments) throws ReflectiveOperationException {
        String call = method.getName();
        before(call, arguments);
        boolean stalled = stalls && call.equals("ioSubmit");
        if (stalled) {
            LockSupport.parkNanos(STALL_NANOS);
        }
        long answer;
        if (!hits(call)) {
            answer = really(method, arguments);
        } else if (fault.kind().isErrno()) {
            evidence.fired(call, describe(call, arguments), null);
            if (DONE_ALL_THE_SAME.contains(call)) {
                really(method, arguments);
            }
            answer = -fault.kind().errno;
        } else {
            answer = shortened(method, arguments);
        }
        if (stalled) {
            CallTimes.tell(arguments, STALL_NANOS, kernel.voluntarySwitches());
        }
        long told = after(call, arguments, answer);
        return method.getReturnType() == long.class ? (Object) told : (Object) (int) told;
    }

    private long really(Method method, Object[] arguments) throws ReflectiveOperationException {
        if (lacksCachestat && method.getName().equals("cachestat")) {
            return -Errno.ENOSYS;
        }
        if (forges) {
            switch (method.getName()) {
                case "ioSetup" -> {
                    return setUpForged((int) arguments[0]);
                }
                case "ioSubmit" -> {
                    return ring(arguments).submit((int) arguments[1], (long) arguments[2]);
                }
                case "ioGetEvents" -> {
                    int most = (int) arguments[2];
                    return ring(arguments)
                            .getEvents(most, (long) arguments[3], (long) arguments[4]);
                }
                case "ioDestroy" -> {
                    return rings.remove((long) arguments[0]).destroy();
                }
                default -> {
                    // It has nothing to do with completions.
                }
            }
        }
        return ((Number) method.invoke(kernel, arguments)).longValue();
    }

    private ForgedRing ring(Object[] arguments) {
        return rings.get((long) arguments[0]);
    }

    private long setUpForged(int capacity) {
        long real = kernel.ioSetup(capacity);
        if (real < 0) {
            return real;
        }
        ForgedRing ring = new ForgedRing(real, capacity, this::completed);
        rings.put(ring.id(), ring);
        return ring.id();
    }

    private String describe(String call, Object[] arguments) {
        if (OF_A_DESCRIPTOR.contains(call)) {
            return ledger.name((int) arguments[0]);
        }
        return switch (call) {
            case "open" -> name((byte[]) arguments[0]);
            case "openat2", "statusAt" -> name((byte[]) arguments[1]);
            default -> "";
        };
    }

    private static String name(byte[] path) {
        return new String(path, StandardCharsets.UTF_8);
    }

    private void before(String call, Object[] arguments) {
        switch (call) {
            case "close" -> ledger.closing((int) arguments[0]);
            case "ioDestroy" -> ledger.destroying((long) arguments[0]);
            case "munmap" -> ledger.unmapping((long) arguments[0], (long) arguments[1]);
            case "openat2", "statusAt" -> {
                if ((int) arguments[0] != OpenFlags.AT_FDCWD) {
                    ledger.use((int) arguments[0], call);
                }
            }
            case "ioGetEvents" -> ledger.useContext((long) arguments[0], call);
            case "ioSubmit" ->
                    evidence.submitting(
                            ledger.submitting(
                                    (long) arguments[0], (int) arguments[1], (long) arguments[2]));
            default -> {
                if (OF_A_DESCRIPTOR.contains(call)) {
                    ledger.use((int) arguments[0], call);
                }
            }
        }
    }

    private long after(String call, Object[] arguments, long answer) {
        if (call.equals("ioSubmit")) {
            ledger.refused(
                    (long) arguments[0], (int) answer, (int) arguments[1], (long) arguments[2]);
        }
        if (answer < 0) {
            return answer;
        }
        switch (call) {
            case "open" -> {
                boolean direct = ((int) arguments[1] & OpenFlags.O_DIRECT) != 0;
                ledger.opened(
                        (int) answer, (direct ? "direct " : "") + name((byte[]) arguments[0]));
            }
            case "openat2" -> ledger.opened((int) answer, name((byte[]) arguments[1]));
            case "statusAt" -> {
                if (answer > 0) {
                    ledger.opened((int) answer - 1, name((byte[]) arguments[1]));
                }
            }
            case "eventFd" -> ledger.opened((int) answer, "eventfd");
            case "ioSetup" -> ledger.madeContext(answer);
            case "mmapSlab" -> ledger.mapped(answer, (long) arguments[0]);
            case "ioGetEvents" -> completed((long) arguments[0], (long) arguments[3], (int) answer);
            default -> {
                // It gives out nothing.
            }
        }
        return answer;
    }

    /** Less than the kernel would have done, or said; the whole where there is no less. */
    private long shortened(Method method, Object[] arguments) throws ReflectiveOperationException {
        Object[] less = arguments.clone();
        String call = method.getName();
        switch (call) {
            case "ioSubmit" -> {
                int half = (int) arguments[1] / 2;
                evidence.fired(call, "", null);
                less[1] = half;
                return half == 0 ? 0 : really(method, less);
            }
            case "ioGetEvents" -> {
                evidence.fired(call, "", null);
                less[2] = 1;
                return really(method, less);
            }
            case "pread", "pwrite" -> {
                boolean direct = ledger.isDirect((int) arguments[0]);
                long half = less((long) arguments[2], direct, call.equals("pread"));
                if (half > 0) {
                    evidence.fired(call, describe(call, arguments), null);
                    less[2] = half;
                }
                return really(method, less);
            }
            default -> {
                long found = really(method, arguments);
                return (int) arguments[4] == 0 ? found : extents((int) found, (long) arguments[5]);
            }
        }
    }

    /** A part of a transfer, whole blocks if it is direct; 0 if it cannot be divided. */
    private long less(long length, boolean direct, boolean reads) {
        if (!direct) {
            return length / 2;
        }
        return length / 2 & -(reads ? readBlock : BLOCK);
    }

    private long extents(int found, long address) {
        if (found <= 0) {
            return found;
        }
        evidence.fired("fiemap", "", null);
        ByteBuffer map = Memory.view(address, EXTENT_HEADER + (long) found * EXTENT);
        if (fault.kind() == Kind.LIE) {
            for (int i = 0; i < found; i++) {
                map.putInt(EXTENT_HEADER + i * EXTENT + EXTENT_FLAGS, 0);
            }
            return found;
        }
        map.putInt(EXTENTS_MAPPED, found / 2);
        return found / 2;
    }

    /** Completions: each may be the one that fails. */
    private void completed(long context, long address, int count) {
        if (forges) {
            // Seen on their way into the ring.
            return;
        }
        ByteBuffer events = Memory.view(address, (long) Math.max(1, count) * IoEvents.EVENT_SIZE);
        for (int i = 0; i < count; i++) {
            int at = i * IoEvents.EVENT_SIZE;
            long res = events.getLong(at + 16);
            events.putLong(at + 16, completed(context, events.getLong(at), res));
        }
    }

    private long completed(long context, long data, long res) {
        Ledger.Transfer transfer = ledger.completed(context, data);
        if (transfer == null || !hits(Fault.EVENT)) {
            return res;
        }
        if (fault.kind().isErrno()) {
            evidence.fired(Fault.EVENT, ledger.name(transfer.fd()), transfer);
            return -fault.kind().errno;
        }
        boolean direct = ledger.isDirect(transfer.fd());
        // A direct read that ends within a block has met the file's end: no other is ever so short.
        boolean ends = direct && res % BLOCK != 0;
        long half = res <= 0 || ends ? 0 : less(res, direct, transfer.reads());
        if (half <= 0) {
            return res;
        }
        evidence.fired(Fault.EVENT, ledger.name(transfer.fd()), transfer);
        return half;
    }

    /** Whether an errno tells a caller to ask again. */
    static boolean isTransient(int errno) {
        return errno == Errno.EAGAIN || errno == Errno.EINTR;
    }
}
