// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When looks for idle slabs are made, and what comes of it where they cannot be. */
@Timeout(30)
class SlabTrimmerTest {
    private static final int SLAB = 2 << 20;
    private static final long CAP = 16 * SLAB;

    private final TestLoops loops = TestLoops.nio(1);
    private final EventLoop loop = loops.next();

    @AfterEach
    void end() {
        loops.close();
    }

    private AlignedAllocator on(SlabMemory memory) {
        return new AlignedAllocator(loop, memory, LibAio.instance());
    }

    private static SlabMemory timed(long millis) {
        return new SlabMemory(CAP, pools -> SlabTrimmer.every(millis, pools));
    }

    private void use(AlignedAllocator allocator) {
        TestLoops.run(loop, () -> allocator.take(SLAB).release());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void idleSlabsGoByThemselvesUnlessThePeriodIsNone(long none) {
        SlabMemory memory = timed(1);
        SlabMemory kept = timed(none);
        AlignedAllocator allocator = on(memory);
        AlignedAllocator keeping = on(kept);
        use(keeping);
        for (int i = 1; i <= 3; i++) {
            int slabs = i;
            use(allocator);
            Awaitility.await().until(() -> memory.trimmed() == slabs && memory.mapped() == 0);
        }
        assertThat(kept.mapped()).isEqualTo(SLAB);
        TestLoops.run(loop, allocator::close);
        TestLoops.run(loop, keeping::close);
        Awaitility.await().until(() -> kept.mapped() == 0);
    }

    /** Takes the second task and those that follow. */
    private static Executor failsFirst(Class<? extends Throwable> failure, Queue<Runnable> tasks) {
        boolean[] failed = {false};
        return task -> {
            if (failed[0]) {
                tasks.add(task);
                return;
            }
            failed[0] = true;
            if (failure == OutOfMemoryError.class) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            throw new RejectedExecutionException();
        };
    }

    @ParameterizedTest
    @ValueSource(classes = {RejectedExecutionException.class, OutOfMemoryError.class})
    void withoutAClockBuffersCanBeHadAndTheNextSlabAsksForItAgain(
            Class<? extends Throwable> failure) {
        Queue<Runnable> due = new ArrayDeque<>();
        Executor failsFirst = failsFirst(failure, due);
        SlabMemory memory = new SlabMemory(CAP, pools -> SlabTrimmer.by(failsFirst, pools));
        AlignedAllocator allocator = on(memory);
        ByteBuf first = get(loop.submit(() -> allocator.take(SLAB)));
        assertThat(first).isNotNull();
        assertThat(due).isEmpty();
        use(allocator);
        assertThat(due).hasSize(1);
        TestLoops.run(loop, first::release);
        TestLoops.run(loop, allocator::close);
    }

    @Test
    void aLoopThatHasEndedIsNoMatterAndItsSlabsGoAsItsContextCloses() {
        Queue<Runnable> due = new ArrayDeque<>();
        SlabMemory memory = new SlabMemory(CAP, pools -> SlabTrimmer.by(due::add, pools));
        AlignedAllocator allocator = on(memory);
        use(allocator);
        loops.close();
        for (int i = 0; i < 3; i++) {
            due.remove().run();
        }
        assertThat(memory.mapped()).isEqualTo(SLAB);
        allocator.close();
        Awaitility.await().until(() -> memory.mapped() == 0);
        due.remove().run();
        assertThat(due).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(classes = {RejectedExecutionException.class, OutOfMemoryError.class})
    void anErrandThatCouldNotBeQueuedIsRunTheNextTimeAndNeverQueuedTwice(
            Class<? extends Throwable> failure) {
        Queue<Runnable> queue = new ArrayDeque<>();
        Executor executor = failsFirst(failure, queue);
        int[] runs = {0};
        Errand errand = new Errand(executor, () -> runs[0]++);
        Throwable thrown = null;
        try {
            errand.ask();
        } catch (OutOfMemoryError e) {
            thrown = e;
        }
        assertThat(thrown != null).isEqualTo(failure == OutOfMemoryError.class);
        errand.ask();
        errand.ask();
        assertThat(queue).hasSize(1);
        queue.remove().run();
        errand.ask();
        queue.remove().run();
        assertThat(runs[0]).isEqualTo(2);
    }
}
