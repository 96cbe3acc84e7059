// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The list behind {@link InodeState}, and the table of inodes. */
@Timeout(20)
class RangedListTest {
    private final RangedList list = new RangedList();

    private static TestRange range(byte mode, long start, long end) {
        TestRange range = new TestRange(mode + ":" + start + "-" + end);
        range.mode = mode;
        range.rangeStart = start;
        range.rangeEnd = end;
        return range;
    }

    private List<Ranged> content() {
        List<Ranged> content = new ArrayList<>();
        Ranged before = null;
        for (Ranged each = list.first(); each != null; each = each.following) {
            assertThat(each.previous).isSameAs(before);
            content.add(each);
            before = each;
        }
        return content;
    }

    @Test
    void membersKeepTheirOrderWhicheverIsRemoved() {
        for (int victim = 0; victim < 4; victim++) {
            List<Ranged> expected = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                TestRange member = range(Ranged.DIRECT, i, i + 1);
                list.add(member);
                expected.add(member);
            }
            assertThat(content()).isEqualTo(expected);
            list.remove(expected.remove(victim));
            assertThat(content()).isEqualTo(expected);
            Collections.reverse(expected);
            expected.forEach(list::remove);
            assertThat(list.first()).isNull();
        }
    }

    @Test
    void rangesThatOnlyTouchDoNotConflict() {
        list.add(range(Ranged.EXCLUSIVE, 10, 20));
        assertThat(list.conflicts(range(Ranged.DIRECT, 0, 10))).isFalse();
        assertThat(list.conflicts(range(Ranged.DIRECT, 20, 30))).isFalse();
        assertThat(list.conflicts(range(Ranged.DIRECT, 19, 30))).isTrue();
        assertThat(list.conflicts(range(Ranged.EXCLUSIVE, 0, 11))).isTrue();
    }

    @Test
    void oneOfAnotherKindAmongManyIsFound() {
        for (int i = 0; i < 10; i++) {
            list.add(range(Ranged.DIRECT, i, i + 1));
        }
        assertThat(list.conflicts(range(Ranged.DIRECT, 0, 10))).isFalse();
        TestRange odd = range(Ranged.BUFFERED, 4, 5);
        list.add(odd);
        assertThat(list.conflicts(range(Ranged.DIRECT, 4, 5))).isTrue();
        assertThat(list.conflicts(range(Ranged.DIRECT, 5, 6))).isFalse();
        list.remove(odd);
        assertThat(list.conflicts(range(Ranged.DIRECT, 4, 5))).isFalse();
    }

    @Test
    void onlyWhatCameBeforeAMemberCountsAgainstIt() {
        TestRange first = range(Ranged.DIRECT, 0, 1);
        TestRange second = range(Ranged.BUFFERED, 0, 1);
        list.add(first);
        list.add(second);
        assertThat(list.conflictsBefore(first)).isFalse();
        assertThat(list.conflictsBefore(second)).isTrue();
    }

    @Test
    void anInodeIsKnownForAsLongAsItHasUsers() {
        InodeTable table = new InodeTable(device -> RequestQueue.DEFAULT);
        InodeState one = table.acquire(1, 2, 4096, 0);
        assertThat(table.acquire(1, 2, 4096, 0)).isSameAs(one);
        assertThat(table.acquire(2, 1, 4096, 0)).isNotSameAs(one);
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.devices()).isEqualTo(2);
        table.release(1, 2);
        assertThat(table.acquire(1, 2, 4096, 0)).isSameAs(one);
        table.release(1, 2);
        table.release(1, 2);
        table.release(2, 1);
        assertThat(table.size()).isZero();
        assertThat(table.devices()).isZero();
        assertThat(table.acquire(1, 2, 4096, 0)).isNotSameAs(one);
    }
}
