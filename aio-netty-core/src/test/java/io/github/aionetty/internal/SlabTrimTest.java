// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Idle slabs go, and what is used stays. The tests say when it is time for a look. */
@Timeout(30)
class SlabTrimTest {
    private static final int SLAB = 2 << 20;
    private static final int PIECE = 65_536;
    private static final int PIECES = SLAB / PIECE;
    private static final int MAX_SLABS = 10;

    private final TestLoops loops = TestLoops.nio(2);
    private final EventLoop loop = loops.next();
    private final EventLoop otherLoop = loops.next();
    private final Queue<Runnable> due = new ArrayDeque<>();
    private final SlabMemory memory =
            new SlabMemory((long) MAX_SLABS * SLAB, pools -> SlabTrimmer.by(due::add, pools));
    private final AlignedAllocator allocator =
            new AlignedAllocator(loop, memory, LibAio.instance());
    private final AlignedAllocator other =
            new AlignedAllocator(otherLoop, memory, LibAio.instance());

    @AfterEach
    void everythingIsUnmappedInTheEnd() {
        TestLoops.run(loop, allocator::close);
        TestLoops.run(otherLoop, other::close);
        assertThat(memory.held()).isZero();
        Awaitility.await().until(() -> memory.mapped() == 0);
        assertThat(memory.used()).isZero();
        loops.close();
    }

    /** Time for a look, which has been made when this returns: by the loops, at least. */
    private void look() {
        assertThat(due).as("one look is due, not more").hasSize(1);
        due.remove().run();
        TestLoops.run(loop, () -> {});
        TestLoops.run(otherLoop, () -> {});
    }

    private static List<ByteBuf> take(AlignedAllocator from, EventLoop on, int count, int size) {
        List<ByteBuf> taken = new ArrayList<>();
        TestLoops.run(
                on,
                () -> {
                    for (int i = 0; i < count; i++) {
                        ByteBuf buffer = from.take(size);
                        assertThat(buffer).as("memory is left").isNotNull();
                        taken.add(buffer);
                    }
                });
        return taken;
    }

    private List<ByteBuf> take(int count, int size) {
        return take(allocator, loop, count, size);
    }

    private void give(List<ByteBuf> buffers) {
        TestLoops.run(loop, () -> buffers.forEach(ByteBuf::release));
    }

    private void use(int count, int size) {
        give(take(count, size));
    }

    private static Set<Long> addresses(List<ByteBuf> buffers) {
        Set<Long> addresses = new HashSet<>();
        buffers.forEach(buffer -> addresses.add(buffer.memoryAddress()));
        return addresses;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4096, PIECE, SLAB})
    void anIdleSlabGoesWithTheSecondLookAndTheNextBufferHasANewOne(int size) {
        use(1, size);
        look();
        assertThat(memory.held()).isEqualTo(SLAB);
        look();
        assertThat(memory.held()).isZero();
        assertThat(memory.trimmed()).isOne();
        use(1, size);
        assertThat(memory.held()).isEqualTo(SLAB);
    }

    @Test
    void aSlabThatIsUsedBetweenLooksStays() {
        for (int i = 0; i < 5; i++) {
            use(1, PIECE);
            look();
            assertThat(memory.held()).isEqualTo(SLAB);
        }
        assertThat(memory.trimmed()).isZero();
        look();
        assertThat(memory.held()).isZero();
    }

    @Test
    void aBufferThatIsOutKeepsItsSlabAndItsBytes() {
        ByteBuf held = take(1, PIECE).get(0);
        held.writeLong(42);
        for (int i = 0; i < 3; i++) {
            look();
        }
        assertThat(memory.held()).isEqualTo(SLAB);
        assertThat(held.readLong()).isEqualTo(42);
        give(List.of(held));
        look();
        assertThat(memory.held()).as("it was in use at the look before").isEqualTo(SLAB);
        look();
        assertThat(memory.held()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterABurstItShrinksToWhatASmallSteadyUseNeeds(boolean byAnotherThread) {
        use(MAX_SLABS * PIECES, PIECE);
        assertThat(memory.held()).isEqualTo(memory.max());
        for (int i = 0; i < 3; i++) {
            // As often as it takes to come by every buffer, would all be used in turn.
            for (int j = 0; j < MAX_SLABS * PIECES; j++) {
                List<ByteBuf> few = take(3, PIECE);
                if (byAnotherThread) {
                    few.forEach(ByteBuf::release);
                } else {
                    give(few);
                }
            }
            look();
        }
        assertThat(memory.held()).isEqualTo(SLAB);
        assertThat(memory.trimmed()).isEqualTo(MAX_SLABS - 1);
    }

    @Test
    void aBurstThatComesBackBetweenLooksFindsItsSlabs() {
        for (int i = 0; i < 3; i++) {
            List<ByteBuf> all = take(MAX_SLABS * PIECES, PIECE);
            assertThat(addresses(all)).hasSize(MAX_SLABS * PIECES);
            give(all);
            look();
        }
        assertThat(memory.held()).isEqualTo(memory.max());
        assertThat(memory.trimmed()).isZero();
    }

    @Test
    void aSlabThatIsOnlyCutInPartGoesOnWhereItStopped() {
        use(3, PIECE);
        look();
        List<ByteBuf> all = take(PIECES, PIECE);
        assertThat(addresses(all)).hasSize(PIECES);
        assertThat(memory.held()).isEqualTo(SLAB);
        give(all);
    }

    @Test
    void slabsInUseAndIdleOnesOfOneSizeAreToldApart() {
        List<ByteBuf> all = take(3 * PIECES, PIECE);
        ByteBuf ofFirst = all.remove(0);
        ByteBuf ofLast = all.remove(all.size() - 1);
        give(all);
        look();
        look();
        assertThat(memory.held()).isEqualTo(2L * SLAB);
        List<ByteBuf> again = take(2 * PIECES - 2, PIECE);
        again.add(ofFirst);
        again.add(ofLast);
        assertThat(addresses(again)).hasSize(2 * PIECES);
        assertThat(memory.held()).isEqualTo(2L * SLAB);
        give(again);
    }

    @Test
    void whatAnotherThreadGaveBackIsTakenUpByALook() {
        take(2, PIECE).forEach(ByteBuf::release);
        assertThat(memory.used()).as("not taken up yet").isEqualTo(2 * PIECE);
        look();
        assertThat(memory.used()).isZero();
        assertThat(memory.held()).isEqualTo(SLAB);
        look();
        assertThat(memory.held()).isZero();
    }

    @Test
    void theSlabsOfOtherThreadsGoToo() {
        ByteBuf buffer = allocator.directBuffer(PIECE);
        buffer.release();
        look();
        // A helper does it for those who have no loop.
        Awaitility.await().until(() -> memory.used() == 0);
        assertThat(memory.held()).isEqualTo(SLAB);
        look();
        Awaitility.await().until(() -> memory.trimmed() == 1);
        assertThat(memory.held()).isZero();
        allocator.directBuffer(PIECE).release();
    }

    @Test
    void oneLoopsIdleSlabsGoAndThoseOfAnotherStay() {
        use(1, PIECE);
        for (int i = 0; i < 2; i++) {
            List<ByteBuf> used = take(other, otherLoop, 1, PIECE);
            TestLoops.run(otherLoop, () -> used.forEach(ByteBuf::release));
            look();
        }
        assertThat(memory.held()).isEqualTo(SLAB);
        assertThat(allocator.usedDirectMemory()).isZero();
        assertThat(other.usedDirectMemory()).isEqualTo(SLAB);
    }

    @Test
    void whatIsSetAsideServesOtherSizesOnceTheCapIsMet() {
        use(MAX_SLABS * PIECES, PIECE);
        look();
        List<ByteBuf> large = take(MAX_SLABS - 1, SLAB);
        assertThat(memory.held()).isEqualTo(memory.max());
        List<ByteBuf> rest = take(PIECES, PIECE);
        assertThat(memory.held()).isEqualTo(memory.max());
        AlignedBuffer none = get(loop.submit(() -> allocator.take(1)));
        assertThat(none).isNull();
        rest.addAll(large);
        assertThat(addresses(rest)).hasSize(MAX_SLABS - 1 + PIECES);
        give(rest);
        use(1, MAX_SLABS * SLAB);
        assertThat(memory.held()).isZero();
    }

    @Test
    void whatIsSetAsideServesAnotherLoopOnceTheCapIsMet() {
        use(MAX_SLABS * PIECES, PIECE);
        look();
        Awaitility.await()
                .until(
                        () -> {
                            AlignedBuffer taken = get(otherLoop.submit(() -> other.take(PIECE)));
                            return taken != null && taken.release();
                        });
        Awaitility.await().until(() -> memory.mapped() == SLAB);
        assertThat(memory.trimmed()).as("that was not for being idle").isZero();
    }

    @Test
    void whereNoSlabIsLeftNoLookIsDueUntilThereIsOne() {
        assertThat(due).isEmpty();
        use(1, PIECE);
        look();
        look();
        look();
        assertThat(due).isEmpty();
        use(1, SLAB + 1);
        assertThat(due).as("large ones do not wait for it").isEmpty();
        assertThat(memory.held()).isZero();
        use(1, PIECE);
        look();
    }

    @Test
    void aLoopIsAskedOnceAndOnlyWhereSomethingMayBeIdle() throws InterruptedException {
        List<ByteBuf> all = take(PIECES + 1, PIECE);
        assertThat(tasksAfterALook()).as("both slabs are in use").isZero();
        ByteBuf ofLast = all.remove(PIECES);
        give(List.of(ofLast));
        assertThat(tasksAfterALook()).isOne();
        give(all);
    }

    /** What waits for the loop while it is held up over two looks. */
    private int tasksAfterALook() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        loop.execute(
                () -> {
                    begun.countDown();
                    awaitUninterruptibly(go);
                });
        begun.await();
        due.remove().run();
        due.remove().run();
        int tasks = ((SingleThreadEventExecutor) loop).pendingTasks();
        go.countDown();
        TestLoops.run(loop, () -> {});
        return tasks;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aClosedContextIsNotLookedAt() {
        List<ByteBuf> held = take(1, PIECE);
        TestLoops.run(loop, allocator::close);
        look();
        assertThat(due).isEmpty();
        assertThat(memory.held()).isEqualTo(SLAB);
        assertThat(memory.used()).as("as a whole").isEqualTo(SLAB);
        held.forEach(ByteBuf::release);
        assertThat(memory.held()).isZero();
    }

    @Test
    void buffersOfAnUntouchedAndOfAReturnedSlabAreLeakTracked() {
        use(1, PIECE);
        look();
        ByteBuf tracked = get(loop.submit(() -> allocator.directBuffer(PIECE)));
        assertThat(tracked.getClass().getSimpleName()).contains("LeakAware");
        give(List.of(tracked));
    }

    @Test
    void whatIsInUseIsCountedInWhatItTakesUp() {
        List<ByteBuf> taken = take(1, 5000);
        assertThat(memory.used()).isEqualTo(8192);
        taken.addAll(take(1, SLAB + 1));
        assertThat(memory.used()).isEqualTo(8192 + SLAB + 4096);
        assertThat(memory.mapped()).isEqualTo(2L * SLAB + 4096);
        assertThat(allocator.metric().usedDirectMemory()).isEqualTo(2L * SLAB + 4096);
        assertThat(other.metric().usedDirectMemory()).isZero();
        give(taken);
        assertThat(memory.used()).isZero();
        Awaitility.await().until(() -> memory.mapped() == SLAB);
        assertThat(allocator.metric().usedDirectMemory()).isEqualTo(SLAB);
    }
}
