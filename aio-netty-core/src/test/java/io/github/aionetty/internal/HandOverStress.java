// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What helpers and loops hand each other: finished tasks, requests, an open file, a log line. */
public final class HandOverStress {
    private HandOverStress() {}

    private static TestOperation operation(int slot) {
        TestOperation operation = new TestOperation();
        operation.slot = slot;
        return operation;
    }

    /** The slots of the tasks, in order, as digits. */
    private static int digits(Task first) {
        int digits = 0;
        for (Task task = first; task != null; task = task.nextPosted) {
            digits = 10 * digits + ((Operation) task).slot;
        }
        return digits;
    }

    @JCStressTest
    @Description("Two helpers post what they have finished.")
    @Outcome(
            id = {"1, 0, 12", "0, 1, 21"},
            expect = ACCEPTABLE,
            desc = "The first one wakes.")
    @Outcome(expect = FORBIDDEN, desc = "One is lost, or nobody wakes the owner.")
    @State
    public static class TwoPosts {
        private final PostedTasks posted = new PostedTasks();
        private final TestOperation one = operation(1);
        private final TestOperation two = operation(2);

        @Actor
        public void first(III_Result r) {
            r.r1 = posted.push(one) ? 1 : 0;
        }

        @Actor
        public void second(III_Result r) {
            r.r2 = posted.push(two) ? 1 : 0;
        }

        @Arbiter
        public void judge(III_Result r) {
            r.r3 = digits(posted.takeAll());
        }
    }

    @JCStressTest
    @Description("A helper posts while the owner takes what another one has posted before.")
    @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "The owner is woken for it.")
    @Outcome(id = "0, 12, 0", expect = ACCEPTABLE, desc = "Taken with the other.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, taken twice, or the owner sleeps.")
    @State
    public static class PostOrTake {
        private final PostedTasks posted = new PostedTasks();
        private final TestOperation one = operation(1);
        private final TestOperation two = operation(2);

        public PostOrTake() {
            posted.push(one);
        }

        @Actor
        public void post(III_Result r) {
            r.r1 = posted.push(two) ? 1 : 0;
        }

        @Actor
        public void take(III_Result r) {
            r.r2 = digits(posted.takeAll());
        }

        @Arbiter
        public void judge(III_Result r) {
            r.r3 = digits(posted.takeAll());
        }
    }

    @JCStressTest
    @Description("Two loops borrow where there is not enough for both.")
    @Outcome(
            id = {"8, 4, 0", "4, 8, 0"},
            expect = ACCEPTABLE,
            desc = "One gets what is left.")
    @Outcome(expect = FORBIDDEN, desc = "More was lent than there is, or less.")
    @State
    public static class TwoLoans {
        private final RequestPool pool = pool();

        @Actor
        public void first(III_Result r) {
            r.r1 = pool.lend(8, 0);
        }

        @Actor
        public void second(III_Result r) {
            r.r2 = pool.lend(8, 0);
        }

        @Arbiter
        public void judge(III_Result r) {
            r.r3 = pool.lendable();
        }
    }

    /** Twelve to lend. */
    private static RequestPool pool() {
        return new RequestPool(new RequestQueue(null, 13, 1));
    }

    @JCStressTest
    @Description("Two loops each begin and end an operation.")
    @Outcome(id = "12", expect = ACCEPTABLE, desc = "All is back, and each had its turn.")
    @Outcome(expect = FORBIDDEN, desc = "Requests are lost, or made up.")
    @State
    public static class TwoShares {
        private final DeviceState device = new DeviceState(pool());
        private final DeviceShare one = new DeviceShare();
        private final DeviceShare two = new DeviceShare();

        @Actor
        public void first() {
            beginAndEnd(one);
        }

        @Actor
        public void second() {
            beginAndEnd(two);
        }

        private void beginAndEnd(DeviceShare share) {
            TestOperation operation = operation(1);
            operation.requests = 6;
            share.use(device);
            if (share.admits(operation.requests)) {
                share.begin(operation);
                share.end(operation);
            }
        }

        @Arbiter
        public void judge(I_Result r) {
            one.giveBack();
            two.giveBack();
            r.r1 = device.pool.lendable();
        }
    }

    @JCStressTest
    @Description("A file's last handle is closed while another loop makes one more.")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "It goes on, or is closed.")
    @Outcome(expect = FORBIDDEN, desc = "A handle of a closed file, or nobody closes it.")
    @State
    public static class RetainOrClose {
        private final OpenFile file = new TestOperation.NumberedFile(1, null);

        @Actor
        public void retain(II_Result r) {
            r.r1 = file.retain() ? 1 : 0;
        }

        @Actor
        public void close(II_Result r) {
            r.r2 = file.release() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("Two loops have been stopped, and tell of it.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "One line is written.")
    @Outcome(expect = FORBIDDEN, desc = "None, or one each.")
    @State
    public static class TwoStalls {
        private int lines;
        private final StallLog log = new StallLog(task -> lines++);
        private final Stall stall =
                new Stall(
                        "read",
                        null,
                        "ext4",
                        StallCause.PREEMPTED,
                        StallVerdict.BLOCKED,
                        0,
                        1,
                        1,
                        1,
                        "loop");

        @Actor
        public void first() {
            log.report(stall, System.nanoTime());
        }

        @Actor
        public void second() {
            log.report(stall, System.nanoTime());
        }

        @Arbiter
        public void judge(I_Result r) {
            r.r1 = lines;
        }
    }

    @JCStressTest
    @Description("Two loops have blocked on one device, which is to rest once for it.")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "For the first, short, time.")
    @Outcome(expect = FORBIDDEN, desc = "Not at all, or for longer.")
    @State
    public static class TwoBlocked {
        private static final long SECOND = 1_000_000_000;
        private final DeviceState device = new DeviceState();

        @Actor
        public void first() {
            device.blocked(SECOND, 0);
        }

        @Actor
        public void second() {
            device.blocked(SECOND, 1);
        }

        @Arbiter
        public void judge(II_Result r) {
            r.r1 = device.rests(SECOND - 1) ? 1 : 0;
            r.r2 = device.rests(SECOND + 1) ? 1 : 0;
        }
    }
}
