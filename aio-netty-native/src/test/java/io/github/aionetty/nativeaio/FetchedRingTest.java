// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link CompletionRing} over {@code io_getevents}, whose answers are scripted. */
class FetchedRingTest {
    private final FakeSyscalls kernel = new FakeSyscalls();
    private final CompletionRing ring = CompletionRing.of(kernel.syscalls, 1, 4);
    private final List<Long> seen = new ArrayList<>();

    private void take(long data, long res) {
        assertThat(res).isEqualTo(10 * data);
        seen.add(data);
    }

    @Test
    void anEmptyKernelHandsOverNothing() {
        assertThat(ring.mapped()).isFalse();
        assertThat(ring.size()).isEqualTo(4);
        assertThat(ring.poll(this::take, 10)).isZero();
        assertThat(ring.hasEvents()).isFalse();
    }

    @Test
    void shortBatchesAreFollowedByAnotherCallUntilNoneAreLeft() {
        kernel.willComplete(1, 2);
        kernel.willComplete(3);
        assertThat(ring.poll(this::take, 10)).isEqualTo(3);
        assertThat(seen).containsExactly(1L, 2L, 3L);
        assertThat(kernel.asked).containsExactly(4, 4, 4);
    }

    @Test
    void noMoreAreFetchedThanMayBeHandedOver() {
        kernel.willComplete(1, 2, 3, 4);
        kernel.willComplete(5, 6);
        assertThat(ring.poll(this::take, 6)).isEqualTo(6);
        assertThat(kernel.asked).containsExactly(4, 2);
        assertThat(ring.poll(this::take, 0)).isZero();
        assertThat(kernel.asked).hasSize(2);
    }

    @Test
    void anInterruptedCallIsMadeAgain() {
        kernel.willFail(Errno.EINTR);
        kernel.willFail(Errno.EINTR);
        kernel.willComplete(1);
        assertThat(ring.poll(this::take, 1)).isEqualTo(1);
        assertThat(kernel.asked).hasSize(3);
    }

    @Test
    void anotherErrorIsReturned() {
        kernel.willFail(Errno.EINVAL);
        assertThat(ring.poll(this::take, 10)).isEqualTo(-Errno.EINVAL);
        kernel.willComplete(1);
        assertThat(ring.poll(this::take, 10)).as("and can pass").isEqualTo(1);
    }

    @Test
    void anErrorAfterSomeEventsDoesNotHideThem() {
        kernel.willComplete(1, 2);
        kernel.willFail(Errno.EINVAL);
        kernel.willFail(Errno.EINVAL);
        assertThat(ring.poll(this::take, 10)).isEqualTo(2);
        assertThat(ring.poll(this::take, 10)).isEqualTo(-Errno.EINVAL);
    }

    @Test
    void aConsumerThatThrowsLosesNoOtherEvent() {
        kernel.willComplete(1, 2, 3);
        EventConsumer failing =
                (data, res) -> {
                    take(data, res);
                    if (data == 1) {
                        throw new IllegalArgumentException("from the consumer");
                    }
                };
        assertThatThrownBy(() -> ring.poll(failing, 10)).hasMessage("from the consumer");
        assertThat(ring.hasEvents()).isTrue();
        assertThat(ring.poll(failing, 10)).isEqualTo(2);
        assertThat(seen).containsExactly(1L, 2L, 3L);
    }

    @Test
    void askingForEventsKeepsThemForThePoll() {
        kernel.willComplete(1, 2);
        assertThat(ring.hasEvents()).isTrue();
        assertThat(ring.hasEvents()).isTrue();
        assertThat(kernel.asked).hasSize(1);
        assertThat(ring.poll(this::take, 1)).isEqualTo(1);
        assertThat(ring.poll(this::take, 1)).isEqualTo(1);
        assertThat(kernel.asked).hasSize(1);
        assertThat(seen).containsExactly(1L, 2L);
    }

    @Test
    void askingWhileTheKernelFailsSaysNo() {
        kernel.willFail(Errno.EINVAL);
        assertThat(ring.hasEvents()).isFalse();
        kernel.willComplete(1);
        assertThat(ring.poll(this::take, 10)).isEqualTo(1);
    }

    @Test
    void pollingFromInsideAConsumerIsRefused() {
        kernel.willComplete(1, 2);
        assertThatThrownBy(() -> ring.poll((data, res) -> ring.poll(this::take, 1), 10))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ring.poll(this::take, 10)).isEqualTo(1);
    }

    @Test
    void aClosedRingMakesNoCall() {
        kernel.willComplete(1);
        ring.close();
        assertThat(ring.poll(this::take, 10)).isZero();
        assertThat(ring.hasEvents()).isFalse();
        assertThat(kernel.asked).isEmpty();
    }

    @Test
    void whatWasFetchedBeforeAConsumerClosedTheRingCanStillBeTaken() {
        kernel.willComplete(1, 2, 3);
        ring.poll(
                (data, res) -> {
                    take(data, res);
                    ring.close();
                },
                10);
        assertThat(seen).containsExactly(1L);
        assertThat(ring.poll(this::take, 10)).isZero();
        assertThat(ring.takeFetched(this::take)).isEqualTo(2);
        assertThat(ring.takeFetched(this::take)).isZero();
        assertThat(seen).containsExactly(1L, 2L, 3L);
        assertThat(kernel.asked).hasSize(1);
    }
}
