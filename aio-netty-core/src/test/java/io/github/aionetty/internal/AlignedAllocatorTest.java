// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.child.AllocatorMain;
import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.support.ChildJvm;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code context.alloc()} gives, method by method, as an allocator of Netty's would. */
@Timeout(60)
class AlignedAllocatorTest {
    private final TestLoops loops = TestLoops.nio(1);
    private final SlabMemory memory = new SlabMemory(64 << 20);
    private final AlignedAllocator allocator =
            new AlignedAllocator(loops.next(), memory, LibAio.instance());

    @AfterEach
    void everythingIsUnmappedInTheEnd() {
        TestLoops.run(loops.next(), allocator::close);
        Awaitility.await().until(() -> memory.mapped() == 0);
        loops.close();
    }

    private void check(ByteBuf buffer, boolean direct, int capacity, int maxCapacity) {
        assertThat(buffer.isDirect()).isEqualTo(direct);
        assertThat(buffer.hasArray()).isEqualTo(!direct);
        assertThat(buffer.alloc()).isSameAs(allocator);
        assertThat(buffer.capacity()).isEqualTo(capacity);
        assertThat(buffer.maxCapacity()).isEqualTo(maxCapacity);
        byte[] bytes = Pattern.bytes(0, Math.min(maxCapacity, 100_000));
        buffer.writeBytes(bytes);
        Pattern.check(buffer, bytes, 0, bytes.length);
        buffer.release();
    }

    @Test
    void buffersForWhateverUseAreDirectAndGrowUpToTheirLimit() {
        check(allocator.buffer(), true, 256, Integer.MAX_VALUE);
        check(allocator.buffer(1000), true, 1000, Integer.MAX_VALUE);
        check(allocator.buffer(1000, 70_000), true, 1000, 70_000);
        check(allocator.ioBuffer(), true, 256, Integer.MAX_VALUE);
        check(allocator.ioBuffer(1000), true, 1000, Integer.MAX_VALUE);
        check(allocator.ioBuffer(1000, 1001), true, 1000, 1001);
        check(allocator.directBuffer(), true, 256, Integer.MAX_VALUE);
        check(allocator.directBuffer(1000), true, 1000, Integer.MAX_VALUE);
        check(allocator.directBuffer(1000, 3000), true, 1000, 3000);
        assertThat(allocator.isDirectBufferPooled()).isTrue();
    }

    @Test
    void heapBuffersGrowToo() {
        check(allocator.heapBuffer(), false, 256, Integer.MAX_VALUE);
        check(allocator.heapBuffer(1000), false, 1000, Integer.MAX_VALUE);
        check(allocator.heapBuffer(1000, 3000), false, 1000, 3000);
        assertThat(memory.mapped()).isZero();
    }

    @Test
    void heapMemoryIsMeteredAsItGrowsAndGoes() {
        ByteBufAllocatorMetric metric = allocator.metric();
        ByteBuf first = allocator.heapBuffer(1000);
        ByteBuf second = allocator.heapBuffer(500);
        assertThat(metric.usedHeapMemory()).isEqualTo(1500);
        first.capacity(3000);
        assertThat(metric.usedHeapMemory()).isEqualTo(3500);
        second.release();
        first.release();
        assertThat(metric.usedHeapMemory()).isZero();
        assertThat(metric.usedDirectMemory()).isZero();
    }

    @Test
    void nothingAskedForIsNothingTaken() {
        for (ByteBuf empty :
                List.of(
                        allocator.buffer(0, 0),
                        allocator.directBuffer(0, 0),
                        allocator.heapBuffer(0, 0))) {
            assertThat(empty.capacity()).isZero();
            assertThat(empty.isWritable()).isFalse();
            assertThat(empty.alloc()).isSameAs(allocator);
        }
        assertThat(memory.mapped()).isZero();
    }

    @Test
    void badCapacitiesAreRefused() {
        assertThatThrownBy(() -> allocator.buffer(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> allocator.buffer(2, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> allocator.heapBuffer(2, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(memory.mapped()).isZero();
    }

    @Test
    void compositesTakeTheirPiecesFromHere() {
        for (boolean direct : new boolean[] {true, false}) {
            CompositeByteBuf composite =
                    direct ? allocator.compositeBuffer(3) : allocator.compositeHeapBuffer(3);
            assertThat(composite.alloc()).isSameAs(allocator);
            assertThat(composite.maxNumComponents()).isEqualTo(3);
            byte[] bytes = Pattern.bytes(0, 50_000);
            for (int i = 0; i < 5; i++) {
                ByteBuf component = allocator.buffer(10_000);
                composite.addComponent(true, component.writeBytes(bytes, i * 10_000, 10_000));
            }
            Pattern.check(composite, bytes, 0, bytes.length);
            // Over three components it has made one of them all.
            assertThat(composite.numComponents()).isLessThanOrEqualTo(3);
            assertThat(composite.component(0).isDirect()).isEqualTo(direct);
            composite.writeBytes(bytes);
            Pattern.check(composite.readerIndex(50_000), bytes, 0, bytes.length);
            composite.release();
        }
        assertThat(allocator.usedHeapMemory()).isZero();
        for (CompositeByteBuf composite :
                List.of(allocator.compositeBuffer(), allocator.compositeHeapBuffer())) {
            assertThat(composite.maxNumComponents()).isEqualTo(16);
            composite.release();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 65, 4096, 5000, 4 << 20, (4 << 20) + 1, 100 << 20})
    void capacitiesGrowInNettysSteps(int wanted) {
        ByteBufAllocator nettys = UnpooledByteBufAllocator.DEFAULT;
        for (int limit : new int[] {wanted, 200 << 20, Integer.MAX_VALUE}) {
            assertThat(allocator.calculateNewCapacity(wanted, limit))
                    .isEqualTo(nettys.calculateNewCapacity(wanted, limit));
        }
    }

    @Test
    void copiesAreBuffersOfTheSameKindAndLimit() {
        ByteBuf buffer = allocator.directBuffer(1000, 9000).writeZero(1000);
        ByteBuf copy = buffer.copy();
        check(copy.clear(), true, 1000, 9000);
        buffer.release();
    }

    /** As Netty is on Java 25, unless it is told otherwise. */
    @Test
    void buffersAreAlignedAlsoWhereNettyHasNoUnsafe() throws Exception {
        ChildJvm.Result result =
                new ChildJvm().option("-Dio.netty.noUnsafe=true").run(AllocatorMain.class);
        assertThat(result.output()).contains("all checked");
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
