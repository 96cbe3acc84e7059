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
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/** {@link InodeState}: blocks that two threads want, and what two threads learn of one file. */
public final class InodeStress {
    private static final int BLOCK = 4096;

    private InodeStress() {}

    /** A task that holds blocks, and does something that nobody else may do meanwhile. */
    private abstract static class Writers {
        final InodeState inode = new InodeState(BLOCK, 8 * BLOCK);
        final TestRange one = new TestRange("one", () -> write(one()));
        final TestRange two = new TestRange("two", () -> write(two()));

        /** Plain: two at a time lose one. */
        private int done;

        private TestRange one() {
            return one;
        }

        private TestRange two() {
            return two;
        }

        final void write(TestRange range) {
            done++;
            inode.release(range, -1, false);
        }

        final int done() {
            return done;
        }
    }

    @JCStressTest
    @Description("A direct and a buffered write of one block.")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "One by one, and none is forgotten.")
    @Outcome(expect = FORBIDDEN, desc = "Both at a time, or one waits for ever.")
    @State
    public static class DirectAndBuffered extends Writers {
        @Actor
        public void direct() {
            if (inode.acquireWrite(one, true, 0, BLOCK)) {
                write(one);
            }
        }

        @Actor
        public void buffered() {
            if (inode.acquireWrite(two, false, 1, 1)) {
                write(two);
            }
        }

        @Arbiter
        public void judge(I_Result r) {
            r.r1 = done();
        }
    }

    @JCStressTest
    @Description("Two that set the file's size.")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "One by one, and none is forgotten.")
    @Outcome(expect = FORBIDDEN, desc = "Both at a time, or one waits for ever.")
    @State
    public static class TwoResizes extends Writers {
        @Actor
        public void first() {
            if (inode.acquireFrom(one, 0)) {
                write(one);
            }
        }

        @Actor
        public void second() {
            if (inode.acquireFrom(two, 2 * BLOCK)) {
                write(two);
            }
        }

        @Arbiter
        public void judge(I_Result r) {
            r.r1 = done();
        }
    }

    @JCStressTest
    @Description("A write behind the end completes while a read finds more of the file.")
    @Outcome(id = "49152", expect = ACCEPTABLE, desc = "The greater size is known.")
    @Outcome(expect = FORBIDDEN, desc = "The smaller one has overwritten it.")
    @State
    public static class SizeGrows {
        private final InodeState inode = new InodeState(BLOCK, 0);
        private final TestRange range = new TestRange("write");

        public SizeGrows() {
            inode.acquireWrite(range, true, 0, 12 * BLOCK);
        }

        @Actor
        public void write() {
            inode.release(range, 12 * BLOCK, false);
        }

        @Actor
        public void read() {
            inode.cached(0, 10 * BLOCK);
        }

        @Arbiter
        public void judge(J_Result r) {
            r.r1 = inode.knownSize();
        }
    }

    @JCStressTest
    @Description("A helper looks a block up while another thread takes it from the file.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "What is known is so.")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "A block that is gone counts as mapped.")
    @State
    public static class LookUpOrCut {
        private final InodeState inode = new InodeState(BLOCK, 8 * BLOCK);
        private volatile boolean onDisk = true;

        @Actor
        public void lookUp() {
            int since = inode.version();
            if (onDisk) {
                inode.mapped(0, BLOCK, since);
            }
        }

        @Actor
        public void cut() {
            onDisk = false;
            inode.unmapped(0, BLOCK);
        }

        @Arbiter
        public void judge(I_Result r) {
            r.r1 = inode.isMapped(0, BLOCK) ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("Two threads learn of blocks far from each other, so that the bits move.")
    @Outcome(id = "3", expect = ACCEPTABLE, desc = "Both are known.")
    @Outcome(expect = FORBIDDEN, desc = "One was lost.")
    @State
    public static class TwoLookUps {
        private static final long FAR = 200L << MappedBlocks.WINDOW_SHIFT;
        private final InodeState inode = new InodeState(BLOCK, 2 * FAR);

        @Actor
        public void near() {
            inode.mapped(0, BLOCK, inode.version());
        }

        @Actor
        public void far() {
            inode.mapped(FAR, FAR + BLOCK, inode.version());
        }

        @Arbiter
        public void judge(I_Result r) {
            r.r1 = (inode.isMapped(0, BLOCK) ? 1 : 0) + (inode.isMapped(FAR, BLOCK) ? 2 : 0);
        }
    }

    @JCStressTest
    @Description("Extents are loaded while the kernel is seen to forget them.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "They will be loaded again.")
    @Outcome(id = "1", expect = FORBIDDEN, desc = "What the kernel forgot counts as in memory.")
    @State
    public static class LoadOrForget {
        private static final long WINDOW = 1L << MappedBlocks.WINDOW_SHIFT;
        private final DeviceState device = new DeviceState();
        private final WarmExtents warm = new WarmExtents(device);
        private volatile boolean inMemory;
        private boolean loaded;

        /** The load itself comes after the kernel forgot, if that is what it has not seen. */
        @Actor
        public void load() {
            int since = warm.begin();
            loaded = !inMemory;
            warm.add(0, WINDOW, since);
        }

        @Actor
        public void forget() {
            inMemory = true;
            device.extentsForgotten();
        }

        @Arbiter
        public void judge(I_Result r) {
            r.r1 = loaded && warm.covers(0, WINDOW) ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("Two appends complete in space that was allocated ahead.")
    @Outcome(id = "12288", expect = ACCEPTABLE, desc = "The data ends with the last one.")
    @Outcome(expect = FORBIDDEN, desc = "The data of one is cut off.")
    @State
    public static class TwoAppends extends Ahead {
        @Actor
        public void first() {
            ahead.wrote(2 * BLOCK);
        }

        @Actor
        public void second() {
            ahead.wrote(3 * BLOCK);
        }

        @Arbiter
        public void judge(J_Result r) {
            r.r1 = ahead.dataEnd();
        }
    }

    @JCStressTest
    @Description("A write completes while the last file that allocates ahead is closed.")
    @Outcome(id = "-1", expect = ACCEPTABLE, desc = "The kernel's size is the size again.")
    @Outcome(expect = FORBIDDEN, desc = "The file stays as long as it was then.")
    @State
    public static class AppendOrEnd extends Ahead {
        @Actor
        public void append() {
            ahead.wrote(2 * BLOCK);
        }

        @Actor
        public void end() {
            ahead.end();
            ahead.ended();
        }

        /** Whoever opens it next learns the file's own end. */
        @Arbiter
        public void judge(J_Result r) {
            r.r1 = ahead.begin() ? ahead.dataEnd() == AllocatedAhead.NONE ? -1 : -2 : -3;
        }
    }

    /** Data of one block in space of eight. */
    private abstract static class Ahead {
        final AllocatedAhead ahead = new AllocatedAhead();

        Ahead() {
            ahead.begin();
            ahead.settle(BLOCK, 8 * BLOCK, ahead.changes());
        }
    }
}
