// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

/**
 * A doubly linked list through {@link Ranged}'s own fields, counting modes so that the usual case,
 * all tasks direct or all buffered, is answered without a walk.
 */
final class RangedList {
    private Ranged head;
    private Ranged tail;
    private final int[] counts = new int[Ranged.RESIZE + 1];
    private int size;

    Ranged first() {
        return head;
    }

    void add(Ranged task) {
        task.previous = tail;
        task.following = null;
        if (tail == null) {
            head = task;
        } else {
            tail.following = task;
        }
        tail = task;
        counts[task.mode]++;
        size++;
    }

    void remove(Ranged task) {
        if (task.previous == null) {
            head = task.following;
        } else {
            task.previous.following = task.following;
        }
        if (task.following == null) {
            tail = task.previous;
        } else {
            task.following.previous = task.previous;
        }
        task.previous = null;
        task.following = null;
        counts[task.mode]--;
        size--;
    }

    boolean conflicts(Ranged task) {
        if (size == 0 || (!task.excludesItsOwn() && counts[task.mode] == size)) {
            return false;
        }
        return conflictsUpTo(task, null);
    }

    /** Where the first of the resizing tasks begins; the largest number if there is none. */
    long firstResize() {
        long first = Long.MAX_VALUE;
        for (Ranged task = head; counts[Ranged.RESIZE] > 0 && task != null; task = task.following) {
            if (task.mode == Ranged.RESIZE) {
                first = Math.min(first, task.rangeStart);
            }
        }
        return first;
    }

    /** Whether a task that came before {@code member}, itself in this list, conflicts with it. */
    boolean conflictsBefore(Ranged member) {
        return conflictsUpTo(member, member);
    }

    private boolean conflictsUpTo(Ranged task, Ranged end) {
        for (Ranged other = head; other != end; other = other.following) {
            if (task.conflictsWith(other)) {
                return true;
            }
        }
        return false;
    }
}
