// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.github.aionetty.nativeaio.LibAio;
import io.netty.channel.EventLoop;
import java.lang.reflect.Proxy;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/** {@link AlignedPool}: its owner allocates and closes, other threads give back. */
public final class PoolStress {
    private static final int SIZE = 4096;
    private static final int SLAB = 1 << AlignedPool.MAX_SHIFT;
    private static final AlignedAllocator ALLOCATOR =
            new AlignedAllocator(null, memory(), LibAio.instance());

    private PoolStress() {}

    private static SlabMemory memory() {
        return new SlabMemory(1L << 40);
    }

    /** A pool whose owner is the thread that said so, and two buffers that are in use. */
    private abstract static class Pool {
        final SlabMemory memory = memory();
        final AlignedPool pool = new AlignedPool(ALLOCATOR, memory, LibAio.instance(), loop());
        final AlignedBuffer one = pool.allocate(SIZE);
        final AlignedBuffer two = pool.allocate(SIZE);
        private Thread owner;

        final void own() {
            owner = Thread.currentThread();
        }

        private EventLoop loop() {
            return (EventLoop)
                    Proxy.newProxyInstance(
                            Pool.class.getClassLoader(),
                            new Class<?>[] {EventLoop.class},
                            (self, method, arguments) -> owner == Thread.currentThread());
        }

        /** Memory that stays, once the given buffers are back. */
        final long leftWithout(AlignedBuffer... buffers) {
            for (AlignedBuffer buffer : buffers) {
                buffer.release();
            }
            if (!pool.isClosed()) {
                pool.close();
            }
            return memory.held();
        }
    }

    @JCStressTest
    @Description("The owner takes a buffer while another thread gives one back.")
    @Outcome(
            id = {"1", "2"},
            expect = ACCEPTABLE,
            desc = "Taken once, at once or next.")
    @Outcome(expect = FORBIDDEN, desc = "Lost, given to two, or its memory stays.")
    @State
    public static class AllocateOrRelease extends Pool {
        private AlignedBuffer first;

        @Actor
        public void allocate() {
            own();
            first = pool.allocate(SIZE);
        }

        @Actor
        public void release() {
            one.release();
        }

        @Arbiter
        public void judge(I_Result r) {
            AlignedBuffer second = pool.allocate(SIZE);
            int lost = (first == one ? 1 : 0) + (second == one ? 2 : 0);
            r.r1 = leftWithout(first, second, two) == 0 ? lost : -1;
        }
    }

    @JCStressTest
    @Description("Two other threads give buffers back.")
    @Outcome(id = "3", expect = ACCEPTABLE, desc = "Both are taken again.")
    @Outcome(expect = FORBIDDEN, desc = "One is lost, or its memory stays.")
    @State
    public static class TwoReleases extends Pool {
        @Actor
        public void first() {
            one.release();
        }

        @Actor
        public void second() {
            two.release();
        }

        @Arbiter
        public void judge(I_Result r) {
            AlignedBuffer a = pool.allocate(SIZE);
            AlignedBuffer b = pool.allocate(SIZE);
            int found = (a == one || b == one ? 1 : 0) + (a == two || b == two ? 2 : 0);
            r.r1 = leftWithout(a, b) == 0 ? found : -1;
        }
    }

    @JCStressTest
    @Description("The owner closes the pool while another thread gives the last buffer back.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "All memory is unmapped, once.")
    @Outcome(expect = FORBIDDEN, desc = "It stays, or was unmapped twice.")
    @State
    public static class CloseOrRelease extends Pool {
        public CloseOrRelease() {
            two.release();
        }

        @Actor
        public void close() {
            own();
            pool.close();
        }

        @Actor
        public void release() {
            one.release();
        }

        @Arbiter
        public void judge(J_Result r) {
            r.r1 = memory.held();
        }
    }

    @JCStressTest
    @Description("The owner looks for idle slabs while another thread gives the last buffer back.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "The next buffer works; all goes in the end.")
    @Outcome(expect = FORBIDDEN, desc = "Memory stays, or was unmapped twice.")
    @State
    public static class LookOrRelease extends Pool {
        public LookOrRelease() {
            two.release();
        }

        @Actor
        public void look() {
            own();
            pool.trim();
            pool.trim();
        }

        @Actor
        public void release() {
            one.release();
        }

        @Arbiter
        public void judge(J_Result r) {
            pool.trim();
            AlignedBuffer next = pool.allocate(SIZE);
            next.setByte(SIZE - 1, 1);
            r.r1 = leftWithout(next);
        }
    }

    @JCStressTest
    @Description("Two threads give the last two buffers of a closed pool back.")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "All memory is unmapped, once.")
    @Outcome(expect = FORBIDDEN, desc = "It stays, or was unmapped twice.")
    @State
    public static class TwoReleasesOfAClosedPool extends Pool {
        public TwoReleasesOfAClosedPool() {
            pool.close();
        }

        @Actor
        public void first() {
            one.release();
        }

        @Actor
        public void second() {
            two.release();
        }

        @Arbiter
        public void judge(J_Result r) {
            r.r1 = memory.held();
        }
    }

    @JCStressTest
    @Description("Two pools map a slab where there is room for one.")
    @Outcome(id = "2097152", expect = ACCEPTABLE, desc = "One has it.")
    @Outcome(expect = FORBIDDEN, desc = "Over the cap, or both are refused.")
    @State
    public static class TwoOverTheCap {
        private final SlabMemory memory = new SlabMemory(SLAB);
        private SlabMemory.Slab first;
        private SlabMemory.Slab second;

        @Actor
        public void first() {
            first = memory.map(SLAB, LibAio.instance());
        }

        @Actor
        public void second() {
            second = memory.map(SLAB, LibAio.instance());
        }

        @Arbiter
        public void judge(J_Result r) {
            r.r1 = memory.mapped() + (first != null && second != null ? 1 : 0);
            for (SlabMemory.Slab slab : new SlabMemory.Slab[] {first, second}) {
                if (slab != null) {
                    memory.unmap(slab);
                }
            }
        }
    }
}
