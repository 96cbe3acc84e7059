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
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** {@link OverwriteGate}: one thread overwrites, another wants the inode alone. */
public final class GateStress {
    private static final int BLOCK = 4096;

    private GateStress() {}

    private static InodeState inode() {
        return new InodeState(BLOCK, 8 * BLOCK);
    }

    /** Each writes first, and then reads what the other writes. */
    @JCStressTest
    @Description("An overwrite enters while another thread closes the gate.")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "Neither has seen the other.")
    @Outcome(expect = ACCEPTABLE, desc = "One of them waits, or both do.")
    @State
    public static class EnterOrClose {
        private final InodeState inode = inode();
        private final OverwriteGate.Count count = inode.gate.register();

        @Actor
        public void overwrite(II_Result r) {
            r.r1 = count.enter() ? 1 : 0;
        }

        @Actor
        public void close(II_Result r) {
            synchronized (inode) {
                inode.gate.close();
                r.r2 = inode.gate.isDrained() ? 1 : 0;
            }
        }
    }

    @JCStressTest
    @Description("The same of a handle that is opened meanwhile.")
    @Outcome(id = "1, 1", expect = FORBIDDEN, desc = "Neither has seen the other.")
    @Outcome(expect = ACCEPTABLE, desc = "One of them waits, or both do.")
    @State
    public static class RegisterOrClose {
        private final InodeState inode = inode();

        @Actor
        public void overwrite(II_Result r) {
            r.r1 = inode.gate.register().enter() ? 1 : 0;
        }

        @Actor
        public void close(II_Result r) {
            synchronized (inode) {
                inode.gate.close();
                r.r2 = inode.gate.isDrained() ? 1 : 0;
            }
        }
    }

    @JCStressTest
    @Description("The last overwrite leaves while another thread begins to wait for it.")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "It was granted, at once or later.")
    @Outcome(expect = FORBIDDEN, desc = "It waits for ever, or was granted twice.")
    @State
    public static class ExitOrWait {
        private final InodeState inode = inode();
        private final OverwriteGate.Count count = inode.gate.register();
        private final TestRange alone = new TestRange("alone");
        private boolean acquired;

        public ExitOrWait() {
            count.enter();
        }

        @Actor
        public void leave() {
            count.exit();
        }

        @Actor
        public void await() {
            acquired = inode.acquireFrom(alone, 0);
        }

        @Arbiter
        public void judge(I_Result r) {
            r.r1 = (acquired ? 1 : 0) + (alone.granted ? 1 : 0);
        }
    }

    @JCStressTest
    @Description("What is done inside is seen by who comes after, without a lock in between.")
    @Outcome(
            id = {"0, 0", "1, 0"},
            expect = ACCEPTABLE,
            desc = "One by one.")
    @Outcome(expect = FORBIDDEN, desc = "One was inside beside the other, or has not seen it.")
    @State
    public static class Exclusion {
        private final InodeState inode = inode();
        private final OverwriteGate.Count count = inode.gate.register();
        private final TestRange alone = new TestRange("alone", this::beAlone);
        private boolean passed;
        private int inside;
        private int done;

        @Actor
        public void overwrite() {
            if (count.enter()) {
                work();
                passed = true;
                count.exit();
            }
        }

        @Actor
        public void disturb() {
            if (inode.acquireFrom(alone, 0)) {
                beAlone();
            }
        }

        private void beAlone() {
            work();
            inode.release(alone, -1, false);
        }

        /** Plain fields: two at a time lose one, or see each other. */
        private void work() {
            int before = done;
            inside++;
            if (inside != 1) {
                done += 100;
            }
            inside--;
            done = before + 1;
        }

        /** Second: what is missing, or too much. */
        @Arbiter
        public void judge(II_Result r) {
            r.r1 = passed ? 1 : 0;
            r.r2 = done - (passed ? 2 : 1);
        }
    }
}
