// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link CompletionRing} over mapped memory, the kernel's side played by {@link FakeRing}. */
class MappedRingTest {
    private final FakeRing fake = new FakeRing(8);
    private final CompletionRing ring =
            CompletionRing.of(FakeSyscalls.forbidden(), fake.context(), 7);
    private final List<Long> seen = new ArrayList<>();

    private void take(long data, long res) {
        seen.add(data);
    }

    @Test
    void anEmptyRingHandsOverNothing() {
        assertThat(ring.mapped()).isTrue();
        assertThat(ring.size()).isEqualTo(7);
        assertThat(ring.hasEvents()).isFalse();
        assertThat(ring.poll(this::take, 10)).isZero();
    }

    @Test
    void eventsComeWithTheirValuesAndInOrder() {
        List<Long> results = new ArrayList<>();
        fake.complete(-1, 4096);
        fake.complete(Long.MAX_VALUE, -5);
        assertThat(ring.hasEvents()).isTrue();
        assertThat(
                        ring.poll(
                                (data, res) -> {
                                    seen.add(data);
                                    results.add(res);
                                },
                                10))
                .isEqualTo(2);
        assertThat(seen).containsExactly(-1L, Long.MAX_VALUE);
        assertThat(results).containsExactly(4096L, -5L);
        assertThat(ring.hasEvents()).isFalse();
    }

    @Test
    void aFullRingIsEmptiedAcrossItsEnd() {
        fake.startAt(5);
        for (long i = 0; i < 7; i++) {
            fake.complete(i, 0);
        }
        assertThat(fake.isFull()).isTrue();
        assertThat(ring.poll(this::take, 100)).isEqualTo(7);
        assertThat(seen).isEqualTo(LongStream.range(0, 7).boxed().toList());
        assertThat(fake.head()).isEqualTo(4).isEqualTo(fake.tail());
    }

    @Test
    void headWrapsToZeroAtTheEnd() {
        fake.startAt(7);
        fake.complete(1, 0);
        ring.poll(this::take, 1);
        assertThat(fake.head()).isZero();
    }

    @Test
    void noMoreThanMaxAreTaken() {
        IntStream.range(0, 5).forEach(i -> fake.complete(i, 0));
        assertThat(ring.poll(this::take, 3)).isEqualTo(3);
        assertThat(fake.head()).isEqualTo(3);
        assertThat(ring.poll(this::take, 0)).isZero();
        assertThat(ring.poll(this::take, 3)).isEqualTo(2);
        assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void headIsStoredBeforeTheConsumerIsCalled() {
        fake.complete(1, 0);
        fake.complete(2, 0);
        List<Integer> heads = new ArrayList<>();
        ring.poll((data, res) -> heads.add(fake.head()), 10);
        assertThat(heads).containsExactly(2, 2);
    }

    @Test
    void noMoreLeaveTheRingThanMayBeHandedOver() {
        IntStream.range(0, 5).forEach(i -> fake.complete(i, 0));
        ring.poll((data, res) -> assertThat(fake.head()).isEqualTo(2), 2);
        assertThat(fake.head()).isEqualTo(2);
    }

    @Test
    void whatHasLeftTheRingIsSeenBeforeTheNextPoll() {
        fake.complete(1, 0);
        fake.complete(2, 0);
        assertThatThrownBy(
                        () ->
                                ring.poll(
                                        (data, res) -> {
                                            throw new IllegalArgumentException("the first");
                                        },
                                        10))
                .hasMessage("the first");
        assertThat(fake.head()).isEqualTo(fake.tail());
        assertThat(ring.hasEvents()).isTrue();
        assertThat(ring.poll(this::take, 10)).isEqualTo(1);
        assertThat(seen).containsExactly(2L);
    }

    @Test
    void moreThanAreCopiedOutAtOnceComeInOrder() {
        FakeRing large = new FakeRing(300);
        CompletionRing events = CompletionRing.of(FakeSyscalls.forbidden(), large.context(), 299);
        large.startAt(200);
        LongStream.range(0, 299).forEach(i -> large.complete(i, 0));
        assertThat(events.poll(this::take, 1000)).isEqualTo(299);
        assertThat(seen).isEqualTo(LongStream.range(0, 299).boxed().toList());
        assertThat(large.head()).isEqualTo(large.tail());
    }

    @Test
    void eventsThatCompleteDuringThePollAreTakenToo() {
        fake.complete(0, 0);
        int handled =
                ring.poll(
                        (data, res) -> {
                            take(data, res);
                            if (data < 20) {
                                fake.complete(data + 1, 0);
                            }
                        },
                        15);
        assertThat(handled).isEqualTo(15);
        assertThat(ring.poll(this::take, 15)).isEqualTo(1);
    }

    @Test
    void aConsumerThatThrowsLosesNoOtherEvent() {
        LongStream.range(0, 3).forEach(i -> fake.complete(i, 0));
        EventConsumer failing =
                (data, res) -> {
                    take(data, res);
                    if (data == 1) {
                        throw new IllegalArgumentException("from the consumer");
                    }
                };
        assertThatThrownBy(() -> ring.poll(failing, 10)).hasMessage("from the consumer");
        assertThat(ring.poll(failing, 10)).isEqualTo(1);
        assertThat(seen).containsExactly(0L, 1L, 2L);
    }

    @Test
    void pollingFromInsideAConsumerIsRefused() {
        fake.complete(1, 0);
        fake.complete(2, 0);
        assertThatThrownBy(() -> ring.poll((data, res) -> ring.poll(this::take, 1), 10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside an event consumer");
        assertThat(ring.poll(this::take, 10)).as("and works again afterwards").isEqualTo(1);
        assertThat(seen).containsExactly(2L);
    }

    @Test
    void aConsumerMayCloseTheRing() {
        fake.complete(1, 0);
        fake.complete(2, 0);
        int handled =
                ring.poll(
                        (data, res) -> {
                            take(data, res);
                            ring.close();
                        },
                        10);
        assertThat(handled).isEqualTo(1);
        assertThat(ring.poll(this::take, 10)).isZero();
        fake.complete(3, 0);
        assertThat(fake.head()).as("the third is left to io_getevents").isEqualTo(2);
        assertThat(ring.takeFetched(this::take)).isEqualTo(1);
        assertThat(seen).containsExactly(1L, 2L);
    }

    /** Were the memory touched after close, this would kill the JVM. */
    @Test
    void aClosedRingIsNeverTouchedAgain() {
        Syscalls sys = LibAio.instance();
        long slab = sys.mmapSlab(4096);
        FakeRing unmapped = new FakeRing(8, Memory.view(slab, 4096));
        CompletionRing closed = CompletionRing.of(FakeSyscalls.forbidden(), slab, 7);
        assertThat(closed.mapped()).isTrue();
        unmapped.complete(1, 0);
        closed.close();
        assertThat(sys.munmap(slab, 4096)).isZero();
        assertThat(closed.poll(this::take, 10)).isZero();
        assertThat(closed.hasEvents()).isFalse();
        assertThat(closed.takeFetched(this::take)).isZero();
        assertThat(closed.size()).isEqualTo(7);
        closed.close();
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "16, 0x0badbeef, another magic",
        "28, 64, a longer header",
        "24, 1, an incompatible feature",
        "4, 7, fewer slots than the capacity needs",
        "4, -1, a negative number of slots",
        "4, 0x7fffffff, more slots than a buffer holds",
        "8, 8, a head behind the end",
        "8, -1, a negative head",
        "12, 8, a tail behind the end"
    })
    void anUnknownHeaderMeansSystemCalls(int offset, String value, String what) {
        fake.memory.putInt(offset, Integer.decode(value));
        CompletionRing other = CompletionRing.of(FakeSyscalls.forbidden(), fake.context(), 7);
        assertThat(other.mapped()).as(what).isFalse();
        assertThat(other.size()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "4095", "-7"})
    void aContextThatIsNoPageAddressMeansSystemCalls(long context) {
        assertThat(CompletionRing.of(FakeSyscalls.forbidden(), context, 7).mapped()).isFalse();
    }

    @Test
    void thePropertyMeansSystemCalls() {
        System.setProperty(CompletionRing.REAP_PROPERTY, "syscall");
        try {
            CompletionRing other = CompletionRing.of(FakeSyscalls.forbidden(), fake.context(), 7);
            assertThat(other.mapped()).isFalse();
        } finally {
            System.clearProperty(CompletionRing.REAP_PROPERTY);
        }
    }

    @Test
    void pollingAllocatesNothing() {
        EventConsumer none = (data, res) -> {};
        long allocated =
                Allocation.of(
                        () -> {
                            for (int i = 0; i < 20_000; i++) {
                                fake.complete(i, 0);
                                ring.poll(none, 8);
                            }
                        });
        assertThat(allocated).isLessThan(1_000);
    }

    /** The kernel's side on another thread reuses slots the moment head has passed them. */
    @Test
    @Timeout(60)
    void eventsAreNeitherTornNorLostNorSeenTwiceUnderAConcurrentKernel() throws Exception {
        int events = 2_000_000;
        Thread kernel =
                new Thread(
                        () -> {
                            for (long i = 0; i < events; i++) {
                                while (fake.isFull()) {
                                    Thread.onSpinWait();
                                }
                                fake.complete(i, ~i);
                            }
                        });
        kernel.start();
        long[] next = {0};
        EventConsumer checking =
                (data, res) -> {
                    if (data != next[0] || res != ~data) {
                        throw new AssertionError(
                                "expected=" + next[0] + " data=" + data + " ~res=" + ~res);
                    }
                    next[0]++;
                };
        while (next[0] < events) {
            ring.poll(checking, 16);
        }
        kernel.join();
        assertThat(ring.hasEvents()).isFalse();
    }
}
