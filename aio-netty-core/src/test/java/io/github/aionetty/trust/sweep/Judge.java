// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioException;
import io.github.aionetty.nativeaio.Errno;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Judges what fails in one run: each failure, and all of them together. */
final class Judge {
    /** What one run does is wrong. */
    private final List<String> complaints = new ArrayList<>();

    /** What has failed, as is right where a fault has hit. */
    private final List<String> failures = new ArrayList<>();

    private final Fault fault;

    /** The scenario itself ends contexts or loops: operations may fail for that. */
    private boolean ending;

    /** Without a fault where it is {@code null}. */
    Judge(Fault fault) {
        this.fault = fault;
    }

    List<String> complaints() {
        return complaints;
    }

    /** From now on operations may find their context closed. */
    void ending() {
        ending = true;
    }

    boolean isEnding() {
        return ending;
    }

    /** Whether a context may be closed though nobody has closed it. */
    boolean mayClose() {
        return fault != null && fault.lasting();
    }

    /** There is another trace of the fault than an operation that fails. */
    void shows(String trace) {
        failures.add(trace);
    }

    /** There was no memory for a buffer. */
    void noMemory(OutOfMemoryError e) {
        expect(fault != null && fault.call().equals("mmapSlab"), "no memory: " + e);
        failures.add(e.toString());
    }

    /** From the given number of failures on there was no reason for any. */
    void afterwards(int before) {
        List<String> late = failures.subList(before, failures.size());
        for (String failure : late) {
            complaints.add("afterwards: " + failure);
        }
        late.clear();
    }

    int failures() {
        return failures.size();
    }

    /**
     * An operation has failed.
     *
     * @param path what the failure has to name; {@code null} for what has no file
     * @param closed whether some context is closed
     */
    void failed(String name, Path path, Throwable failure, boolean closed) {
        if (failure instanceof AioClosedException) {
            expect(
                    ending || closed,
                    name + " finds its context closed, which nobody has done: " + failure);
            if (!ending) {
                failures.add(name + ": " + failure);
            }
            return;
        }
        failures.add(name + ": " + failure);
        if (!(failure instanceof FileSystemException)) {
            complaints.add(name + " fails with " + failure);
            return;
        }
        String message = String.valueOf(failure.getMessage());
        boolean named = path == null || message.contains(path.toString());
        expect(
                named && message.contains("failed"),
                name + " fails without saying where: " + message);
        if (fault == null) {
            complaints.add(name + " fails without a fault: " + failure);
        } else if (fault.kind().isErrno() && failure instanceof AioException e) {
            int expected = fault.call().equals("mmapSlab") ? Errno.ENOMEM : fault.kind().errno;
            expect(e.errno() == expected, name + " fails with another errno: " + failure);
        }
    }

    void expect(boolean fine, String complaint) {
        if (!fine) {
            complaints.add(complaint);
        }
    }

    void complain(String complaint) {
        if (complaint != null) {
            complaints.add(complaint);
        }
    }

    /** All is over: whether the failures fit to what the fault has hit. */
    void judge(Evidence evidence, Scenario scenario) {
        if (evidence.count() == 0) {
            expect(failures.isEmpty(), "failed without a fault: " + failures);
        } else if (!fault.lasting() && !ending) {
            expect(failures.size() <= 1, "one fault, and more than one failure: " + failures);
            boolean known =
                    !failures.isEmpty()
                            || !evidence.mustSurface(fault.kind())
                            || scenario.getsOver(fault.call(), fault.kind());
            expect(known, "nobody learns of it");
        }
    }
}
