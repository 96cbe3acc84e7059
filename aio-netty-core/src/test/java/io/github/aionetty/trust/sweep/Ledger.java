// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

import io.github.aionetty.nativeaio.Iocb;
import io.github.aionetty.nativeaio.Memory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one run has of the kernel's, kept by its calls: descriptors, contexts, slabs, and what is in
 * flight where completions are seen. Each leak and each use of what is gone is told at once, and
 * runs beside this one do not disturb.
 */
final class Ledger {
    /** A submitted transfer; {@code length} is 0 for a sync. */
    record Transfer(int opcode, int rwFlags, int fd, long address, long length, long position) {
        boolean reads() {
            return opcode == Iocb.PREAD;
        }
    }

    private static final int IOCB = 64;

    private record Slot(long context, long data) {}

    private final Map<Integer, String> descriptors = new TreeMap<>();
    private final Map<Long, String> contexts = new HashMap<>();
    private final Map<Long, Long> slabs = new HashMap<>();
    private final Map<Slot, Transfer> inFlight = new HashMap<>();
    private final List<String> complaints = new ArrayList<>();

    /** Whether completions are told; they are not where the library reads the kernel's ring. */
    private final boolean seesEvents;

    Ledger(boolean seesEvents) {
        this.seesEvents = seesEvents;
    }

    synchronized void complain(String complaint) {
        complaints.add(complaint);
    }

    synchronized List<String> complaints() {
        return new ArrayList<>(complaints);
    }

    synchronized void opened(int fd, String what) {
        String before = descriptors.put(fd, what);
        if (before != null) {
            complain(fd + " was given out twice: " + before + ", " + what);
        }
    }

    /** Before the kernel is told: right after it the number may be somebody else's. */
    synchronized void closing(int fd) {
        String what = descriptors.remove(fd);
        if (what == null) {
            complain("close of a descriptor that is not open: " + fd);
        }
        inFlight.values().stream()
                .filter(transfer -> transfer.fd == fd)
                .forEach(transfer -> complain(what + " closed under " + transfer));
        notifyAll();
    }

    synchronized void use(int fd, String call) {
        if (!descriptors.containsKey(fd)) {
            complain(call + " on a descriptor that is not open: " + fd);
        }
    }

    synchronized void madeContext(long id) {
        contexts.put(id, "context");
    }

    synchronized void destroying(long id) {
        if (contexts.remove(id) == null) {
            complain("io_destroy of a context that is not there");
        }
        inFlight.keySet().stream()
                .filter(slot -> slot.context == id)
                .forEach(slot -> complain("io_destroy under " + inFlight.get(slot)));
        notifyAll();
    }

    synchronized void useContext(long id, String call) {
        if (!contexts.containsKey(id)) {
            complain(call + " on a context that is not there");
        }
    }

    synchronized void mapped(long address, long length) {
        slabs.put(address, length);
    }

    synchronized void unmapping(long address, long length) {
        Long known = slabs.remove(address);
        if (known == null || known != length) {
            complain("munmap of " + length + " bytes that are not mapped");
        }
        inFlight.values().stream()
                .filter(t -> t.address >= address && t.address < address + length)
                .forEach(transfer -> complain("memory unmapped under " + transfer));
        notifyAll();
    }

    /** The picture is at {@link io.github.aionetty.nativeaio.IocbArray}. */
    synchronized List<Transfer> submitting(long context, int count, long pointers) {
        useContext(context, "io_submit");
        List<Transfer> transfers = new ArrayList<>(count);
        ByteBuffer addresses = Memory.view(pointers, 8L * count);
        for (int i = 0; i < count; i++) {
            ByteBuffer iocb = Memory.view(addresses.getLong(8 * i), IOCB);
            Transfer transfer =
                    new Transfer(
                            iocb.getShort(16),
                            iocb.getInt(12),
                            iocb.getInt(20),
                            iocb.getLong(24),
                            iocb.getLong(32),
                            iocb.getLong(40));
            use(transfer.fd, "io_submit");
            use(iocb.getInt(60), "io_submit's eventfd");
            if (seesEvents) {
                Transfer before = inFlight.put(new Slot(context, iocb.getLong(0)), transfer);
                if (before != null) {
                    complain("one slot has two transfers: " + before + ", " + transfer);
                }
            }
            transfers.add(transfer);
        }
        return transfers;
    }

    /** The kernel has not taken these, the last ones of {@link #submitting}. */
    synchronized void refused(long context, int from, int count, long pointers) {
        ByteBuffer addresses = Memory.view(pointers, 8L * count);
        for (int i = Math.max(0, from); i < count; i++) {
            ByteBuffer iocb = Memory.view(addresses.getLong(8 * i), IOCB);
            inFlight.remove(new Slot(context, iocb.getLong(0)));
        }
    }

    synchronized Transfer completed(long context, long data) {
        Transfer transfer = inFlight.remove(new Slot(context, data));
        if (transfer == null && seesEvents) {
            complain("a completion of nothing: " + data);
        }
        return transfer;
    }

    synchronized boolean isDirect(int fd) {
        return descriptors.getOrDefault(fd, "").startsWith("direct ");
    }

    synchronized String name(int fd) {
        return descriptors.getOrDefault(fd, "unknown");
    }

    /** What has not been given back; empty if all has. */
    synchronized String left() {
        if (descriptors.isEmpty() && contexts.isEmpty() && slabs.isEmpty()) {
            return "";
        }
        return "descriptors=" + descriptors + " contexts=" + contexts.size() + " slabs=" + slabs;
    }

    /** Waits until all has been given back. */
    synchronized boolean awaitEmpty(long deadline) throws InterruptedException {
        while (!left().isEmpty()) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }
}
