// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.support.TestLoops;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cap on slabs is the JVM's: what one loop does not use is another's. */
@Timeout(30)
class SharedSlabsTest {
    private static final int SLAB = 2 << 20;
    private static final int MAX_SLABS = 4;

    private final TestLoops loops = TestLoops.nio(2);
    private final SlabMemory memory = new SlabMemory((long) MAX_SLABS * SLAB);
    private final EventLoop first = loops.next();
    private final EventLoop second = loops.next();
    private final AlignedAllocator ofFirst = new AlignedAllocator(first, memory, LibAio.instance());
    private final AlignedAllocator ofSecond =
            new AlignedAllocator(second, memory, LibAio.instance());

    @AfterEach
    void everythingIsUnmappedInTheEnd() {
        TestLoops.run(first, ofFirst::close);
        TestLoops.run(second, ofSecond::close);
        Awaitility.await().until(() -> memory.mapped() == 0);
        loops.close();
    }

    /** Takes all there is on the first loop. */
    private List<AlignedBuffer> takeAll() {
        List<AlignedBuffer> taken = new ArrayList<>();
        TestLoops.run(
                first,
                () -> {
                    for (AlignedBuffer buffer;
                            (buffer = ofFirst.take(SLAB / 2)) != null;
                            taken.add(buffer)) {
                        buffer.setByte(0, 1);
                    }
                });
        assertThat(taken).hasSize(2 * MAX_SLABS);
        return taken;
    }

    private boolean canTakeOnSecond(int capacity) {
        AlignedBuffer buffer = get(second.submit(() -> ofSecond.take(capacity)));
        return buffer != null && buffer.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, SLAB, MAX_SLABS * SLAB})
    void idleSlabsOfOneLoopServeAnotherSoon(int capacity) {
        List<AlignedBuffer> taken = takeAll();
        assertThat(canTakeOnSecond(capacity)).isFalse();
        TestLoops.run(first, () -> taken.forEach(AlignedBuffer::release));
        Awaitility.await().until(() -> canTakeOnSecond(capacity));
    }

    @Test
    void nobodysIdleSlabsGoForMoreThanTheCap() {
        List<AlignedBuffer> taken = takeAll();
        TestLoops.run(first, () -> taken.forEach(AlignedBuffer::release));
        assertThat(canTakeOnSecond(MAX_SLABS * SLAB + 1)).isFalse();
        TestLoops.run(first, () -> {});
        assertThat(memory.held()).isEqualTo(memory.max());
    }

    @Test
    void slabsInUseStayWhereTheyAre() {
        List<AlignedBuffer> taken = takeAll();
        assertThat(canTakeOnSecond(4096)).isFalse();
        TestLoops.run(first, () -> taken.subList(2, taken.size()).forEach(AlignedBuffer::release));
        Awaitility.await().until(() -> canTakeOnSecond(4096));
        for (AlignedBuffer kept : taken.subList(0, 2)) {
            assertThat(kept.getByte(0)).isOne();
            kept.release();
        }
    }
}
