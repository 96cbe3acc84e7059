// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

import io.github.aionetty.nativeaio.Iocb;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a fault has hit: which of the library's methods called, for which file or transfer. */
final class Evidence {
    /** Classes of the library and methods in whose calls a fault may stay without a trace. */
    private static final Set<String> QUIET =
            Set.of(
                    // What it cannot do is done in another way.
                    "Beneath.probe",
                    // Looked at for advice; the transfers tell what is wrong.
                    "NativeOpener.show",
                    "ExtentLoader",
                    "UnwrittenSpace",
                    "SpaceLock",
                    "NativeFile.endWithFile",
                    "StallDetector",
                    // Without space ahead appends grow the file themselves.
                    "AllocateAheadTask",
                    // Nobody waits for these closes: they are logged.
                    "Closing",
                    "RangedClose");

    private record Hit(String call, String what, String from, Ledger.Transfer transfer) {}

    /** So many are told; a lasting fault has many more. */
    private static final int KEPT = 3;

    private final List<Hit> hits = new ArrayList<>();
    private int count;
    private final ThreadLocal<List<Ledger.Transfer>> submitting = new ThreadLocal<>();

    void submitting(List<Ledger.Transfer> transfers) {
        submitting.set(transfers);
    }

    void fired(String call, String what, Ledger.Transfer transfer) {
        synchronized (this) {
            if (++count > KEPT) {
                return;
            }
        }
        String from =
                StackWalker.getInstance()
                        .walk(
                                frames ->
                                        frames.filter(f -> isOfTheLibrary(f.getClassName()))
                                                .limit(8)
                                                .map(Evidence::shortName)
                                                .collect(Collectors.joining(" < ")));
        Ledger.Transfer first = transfer;
        if (call.equals("ioSubmit")) {
            first = submitting.get().get(0);
        }
        synchronized (this) {
            hits.add(new Hit(call, what, from, first));
        }
    }

    private static boolean isOfTheLibrary(String type) {
        return type.startsWith("io.github.aionetty.internal.");
    }

    private static String shortName(StackWalker.StackFrame frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + '.' + frame.getMethodName();
    }

    synchronized int count() {
        return count;
    }

    /** Whether a user has to learn of it: the first fault is one that must not be swallowed. */
    synchronized boolean mustSurface(Kind kind) {
        if (hits.isEmpty() || !kind.isErrno()) {
            return false;
        }
        Hit hit = hits.get(0);
        for (String quiet : QUIET) {
            if (hit.from.contains(quiet + '.') || hit.from.contains(quiet + " <")) {
                return false;
            }
        }
        return switch (hit.call) {
            case "open", "statx", "fcntlGetFlags", "fcntlSetFlags", "ftruncate", "fallocate" ->
                    true;
            case "eventFd" -> true;
            // Asked once more, as the kernel wants it.
            case "openat2" -> kind != Kind.EAGAIN;
            case "ioSetup" -> kind != Kind.EAGAIN;
            // Of the files; an eventfd's close tells nobody anything.
            case "close" -> hit.from.contains("CloseTask");
            case "lseek" -> true;
            case "renameNew" -> true;
            case "fsync", "fdatasync", "pwrite" -> kind != Kind.EINTR;
            // Where a direct read meets space behind the end, EIO is asked about once more.
            case "pread" -> kind != Kind.EINTR && kind != Kind.EIO;
            // Nothing the library may try again in another way.
            case "ioSubmit" -> kind == Kind.ENOMEM || kind == Kind.ENOSPC;
            case Fault.EVENT -> isFinal(hit.transfer, kind);
            default -> false;
        };
    }

    private static boolean isFinal(Ledger.Transfer transfer, Kind kind) {
        boolean asksOnly = (transfer.rwFlags() & Iocb.RWF_NOWAIT) != 0;
        return switch (kind) {
            case ENOMEM, ENOSPC -> true;
            case EIO -> !transfer.reads();
            case EINVAL -> !asksOnly && !transfer.reads();
            default -> false;
        };
    }

    @Override
    public synchronized String toString() {
        return hits.stream().map(Hit::toString).collect(Collectors.joining("\n    "));
    }
}
