// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * A {@link Stall} for Java Flight Recorder. An image may lack the module {@code jdk.jfr}, and then
 * this class cannot be loaded: only {@link StallDetector} knows it, behind a guard.
 *
 * <p>The time in the kernel is a field of its own, since JFR sets an event's start and duration by
 * {@code begin()} and {@code end()} alone: they would cost each batch an event, for the few that
 * stall. So the start is the moment at which the call came back, the duration is nothing, and a
 * threshold in the recording's settings does not apply. There is no stack trace, for it is always
 * the same.
 */
@Name("io.github.aionetty.Stall")
@Label("Event Loop Stall")
@Description(
        "An io_submit call on an event loop that took longer than"
                + " io.github.aionetty.stallThresholdMicros, and why most likely")
@Category("aio-netty")
@StackTrace(false)
final class StallEvent extends Event {
    @Label("Operation")
    String operation;

    @Label("Path")
    String path;

    @Label("File System")
    String fileSystem;

    @Label("Likely Cause")
    String cause;

    @Label("Verdict")
    @Description(
            "blocked: the loop's thread slept in the call; preempted: it did not, and only waited"
                    + " for the CPU; unknown: nobody has counted, as at the first slow call in ten"
                    + " minutes")
    String verdict;

    // No DataAmount: it would be printed rounded, and a place is wanted to the byte.
    @Label("Position")
    @Description("Where the transfer begins, in bytes from the start of the file")
    long position;

    @Label("Length")
    @Description("Bytes of the transfer")
    @DataAmount(DataAmount.BYTES)
    long length;

    @Label("Batch")
    @Description("Operations that the call has dealt with")
    int batch;

    @Label("Time in io_submit")
    @Timespan(Timespan.NANOSECONDS)
    long submitTime;

    /** Loads the class, early, so that no stall is made longer by it and recordings know it. */
    static void load() {
        // The call has done it.
    }

    static void emit(Stall stall) {
        StallEvent event = new StallEvent();
        if (event.shouldCommit()) {
            event.operation = stall.operation();
            event.path = stall.path().toString();
            event.fileSystem = stall.fileSystem();
            event.cause = stall.likelyCause();
            event.verdict = stall.verdict().label();
            event.position = stall.position();
            event.length = stall.length();
            event.batch = stall.batch();
            event.submitTime = stall.nanos();
            event.commit();
        }
    }
}
