// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.support.Futures;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pool behind a context's aligned buffers. */
@Timeout(30)
class AlignedPoolTest {
    private static final int SLAB = 2 << 20;
    private static final int MAX_SLABS = 10;

    private final TestLoops loops = TestLoops.nio(1);
    private final EventLoop loop = loops.next();
    private final SlabMemory memory = new SlabMemory((long) MAX_SLABS * SLAB);
    private final AlignedAllocator allocator =
            new AlignedAllocator(loop, memory, LibAio.instance());

    @AfterEach
    void everythingIsUnmappedInTheEnd() {
        TestLoops.run(loop, allocator::close);
        Awaitility.await().until(() -> memory.mapped() == 0);
        loops.close();
    }

    private ByteBuf onLoop(int capacity) {
        return Futures.get(loop.submit(() -> offLoop(capacity)));
    }

    private ByteBuf offLoop(int capacity) {
        try {
            return allocator.directBuffer(capacity);
        } catch (OutOfMemoryError e) {
            // JUnit takes this one for the end of the JVM.
            throw new AssertionError(e);
        }
    }

    private void releaseOnLoop(List<ByteBuf> buffers) {
        TestLoops.run(loop, () -> buffers.forEach(ByteBuf::release));
        buffers.clear();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 512, 4095, 4096, 4097, 65_536, 100_000, SLAB - 1, SLAB, SLAB + 1, 5_000_000
            })
    void buffersAreAlignedAndHaveTheCapacityAskedFor(int capacity) {
        for (boolean onLoop : new boolean[] {true, false}) {
            ByteBuf buffer = onLoop ? onLoop(capacity) : offLoop(capacity);
            assertThat(buffer.capacity()).isEqualTo(capacity);
            assertThat(buffer.maxCapacity()).isGreaterThanOrEqualTo(capacity);
            assertThat(buffer.isDirect()).isTrue();
            assertThat(buffer.hasMemoryAddress()).isTrue();
            assertThat(buffer.memoryAddress() % 4096).isZero();
            assertThat(buffer.refCnt()).isOne();
            assertThat(buffer.readableBytes()).isZero();
            assertThat(buffer.alloc()).isSameAs(allocator);
            buffer.release();
            // What a helper unmaps still counts against the cap.
            Awaitility.await().until(() -> memory.mapped() <= 2L * SLAB);
        }
    }

    @Test
    void buffersInUseShareNoMemory() {
        List<ByteBuf> buffers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int capacity = 1 + (i * 7919) % 30_000;
            buffers.add(i % 2 == 0 ? onLoop(capacity) : offLoop(capacity));
        }
        for (int i = 0; i < buffers.size(); i++) {
            ByteBuf buffer = buffers.get(i);
            buffer.writeBytes(Pattern.bytes(0, buffer.capacity(), i));
        }
        for (int i = 0; i < buffers.size(); i++) {
            ByteBuf buffer = buffers.get(i);
            int capacity = buffer.capacity();
            Pattern.check(buffer, Pattern.bytes(0, capacity, i), 0, capacity);
            buffer.release();
        }
    }

    @Test
    void aReleasedBufferIsTheNextOne() {
        for (int capacity : new int[] {100, 4096, 65_536, SLAB}) {
            ByteBuf first = onLoop(capacity);
            long address = first.memoryAddress();
            TestLoops.run(loop, first::release);
            ByteBuf second = onLoop(capacity);
            assertThat(second.memoryAddress()).isEqualTo(address);
            TestLoops.run(loop, second::release);
        }
    }

    @Test
    void whatOtherThreadsReleaseIsUsedAgain() {
        List<ByteBuf> buffers = new ArrayList<>();
        Set<Long> addresses = new HashSet<>();
        // A whole slab of one class, so that the next one has to come from what was returned.
        for (int i = 0; i < SLAB / 65_536; i++) {
            ByteBuf buffer = onLoop(65_536);
            addresses.add(buffer.memoryAddress());
            buffers.add(buffer);
        }
        assertThat(memory.mapped()).isEqualTo(SLAB);
        buffers.forEach(ByteBuf::release);
        buffers.clear();
        for (int i = 0; i < SLAB / 65_536; i++) {
            buffers.add(onLoop(65_536));
            assertThat(addresses.remove(buffers.get(i).memoryAddress())).isTrue();
        }
        assertThat(memory.mapped()).isEqualTo(SLAB);
        releaseOnLoop(buffers);
    }

    @Test
    void theSameObjectComesBackWithFreshIndicesAndOneReference() {
        ByteBuf first = Futures.get(loop.submit(() -> (ByteBuf) allocator.take(8192)));
        first.writeZero(5000).readerIndex(100).retain();
        TestLoops.run(loop, () -> first.release(2));
        ByteBuf second = Futures.get(loop.submit(() -> (ByteBuf) allocator.take(6000)));
        assertThat(second).isSameAs(first);
        assertThat(second.refCnt()).isOne();
        assertThat(second.readerIndex()).isZero();
        assertThat(second.writerIndex()).isZero();
        assertThat(second.capacity()).isEqualTo(6000);
        TestLoops.run(loop, second::release);
    }

    @Test
    void overTheCapThereIsNoMemoryAndAfterAReleaseThereIs() {
        List<ByteBuf> buffers = new ArrayList<>();
        for (int i = 0; i < MAX_SLABS; i++) {
            buffers.add(onLoop(SLAB));
        }
        assertThat(memory.mapped()).isEqualTo(memory.max());
        AlignedBuffer none = Futures.get(loop.submit(() -> allocator.take(1)));
        assertThat(none).isNull();
        for (int capacity : new int[] {1, SLAB, SLAB + 1, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> allocator.directBuffer(capacity))
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessageContaining("capacity=" + capacity)
                    .hasMessageContaining("maxSlabMemory");
        }
        assertThat(memory.mapped()).isEqualTo(memory.max());
        releaseOnLoop(buffers);
        TestLoops.run(loop, () -> offLoop(SLAB).release());
    }

    @Test
    void idleSlabsOfOneClassAreGivenBackForAnotherClassAndForLargeBuffers() {
        List<ByteBuf> buffers = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < MAX_SLABS; i++) {
                buffers.add(onLoop(SLAB));
            }
            releaseOnLoop(buffers);
            for (int i = 0; i < MAX_SLABS * 2; i++) {
                buffers.add(onLoop(SLAB / 2));
            }
            releaseOnLoop(buffers);
            buffers.add(onLoop(MAX_SLABS * SLAB));
            releaseOnLoop(buffers);
        }
    }

    @Test
    void idleSlabsGoForALargeBufferOnlyIfItFitsThenAndNoMoreThanItTakes() {
        List<ByteBuf> buffers = new ArrayList<>();
        for (int i = 0; i < MAX_SLABS; i++) {
            buffers.add(onLoop(SLAB));
        }
        List<ByteBuf> last = buffers.subList(MAX_SLABS - 4, MAX_SLABS);
        List<ByteBuf> idle = new ArrayList<>(last);
        last.clear();
        Set<Long> addresses = new HashSet<>();
        idle.forEach(buffer -> addresses.add(buffer.memoryAddress()));
        releaseOnLoop(idle);
        for (int capacity : new int[] {4 * SLAB + 1, MAX_SLABS * SLAB + 1, Integer.MAX_VALUE / 2}) {
            AlignedBuffer none = Futures.get(loop.submit(() -> allocator.take(capacity)));
            assertThat(none).isNull();
            assertThat(memory.held()).as("nothing has gone for it").isEqualTo(memory.max());
        }
        for (int i = 0; i < 4; i++) {
            idle.add(onLoop(SLAB));
            assertThat(addresses).contains(idle.get(i).memoryAddress());
        }
        releaseOnLoop(idle);
        buffers.add(onLoop(3 * SLAB));
        assertThat(memory.mapped()).isEqualTo(memory.max());
        buffers.add(onLoop(SLAB));
        releaseOnLoop(buffers);
    }

    @Test
    void aLargeBufferHasAMappingOfItsOwnThatGoesWithIt() {
        ByteBuf large = onLoop(3 * SLAB + 1);
        assertThat(memory.mapped()).isEqualTo(3 * SLAB + 4096);
        large.setByte(3 * SLAB, 1);
        large.release();
        Awaitility.await().until(() -> memory.mapped() == 0);
    }

    @Test
    void closingUnmapsWhatIsIdleAndTheRestWithItsLastBuffer() {
        ByteBuf local = onLoop(4096);
        ByteBuf shared = offLoop(4096);
        ByteBuf idle = onLoop(SLAB);
        TestLoops.run(loop, idle::release);
        assertThat(memory.mapped()).isEqualTo(3L * SLAB);
        TestLoops.run(loop, allocator::close);
        Awaitility.await().until(() -> memory.mapped() == 2L * SLAB);
        local.writeLong(1);
        shared.writeLong(2);
        assertThat(local.readLong() + shared.readLong()).isEqualTo(3);
        local.release();
        Awaitility.await().until(() -> memory.mapped() == SLAB);
        TestLoops.run(loop, shared::release);
        Awaitility.await().until(() -> memory.mapped() == 0);
    }

    @Test
    void afterClosingBuffersCanStillBeHadAndGoAway() {
        TestLoops.run(loop, allocator::close);
        ByteBuf onLoop = onLoop(10_000);
        ByteBuf off = offLoop(10_000);
        onLoop.writeZero(10_000);
        off.writeZero(10_000);
        onLoop.release();
        off.release();
        Awaitility.await().until(() -> memory.mapped() == 0);
    }

    @Test
    void heapBuffersAreNoneOfOurs() {
        ByteBuf heap = allocator.heapBuffer(100);
        assertThat(heap.hasArray()).isTrue();
        heap.release();
        assertThat(memory.mapped()).isZero();
    }

    @Test
    void threadsThatPassBuffersAroundNeverShareOne() throws InterruptedException {
        Set<ByteBuf> inUse =
                Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            byte mark = (byte) (t + 1);
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    for (int i = 0; i < 3000; i++) {
                                        pass(offLoop(4096 << (i % 3)), mark, inUse);
                                    }
                                } catch (Throwable e) {
                                    failures.add(e);
                                }
                            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    /** Marks both ends, checks them, and lets this thread or the loop release it. */
    private void pass(ByteBuf buffer, byte mark, Set<ByteBuf> inUse) {
        if (!inUse.add(buffer)) {
            throw new AssertionError("given out twice: " + buffer);
        }
        int last = buffer.capacity() - 1;
        buffer.setByte(0, mark).setByte(last, mark);
        if (buffer.getByte(0) != mark || buffer.getByte(last) != mark) {
            throw new AssertionError("written by another thread: " + buffer);
        }
        inUse.remove(buffer);
        if (mark % 2 == 0) {
            buffer.release();
        } else {
            Futures.get(loop.submit(() -> buffer.release()));
        }
    }
}
