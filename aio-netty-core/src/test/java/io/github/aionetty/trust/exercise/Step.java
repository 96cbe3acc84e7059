// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.exercise;

import io.github.aionetty.support.BufferKind;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * One operation of the exercise: what was drawn, when it began and ended, and what came of it. It
 * takes effect, if it does, at some time between {@link #start} and {@link #end}.
 */
final class Step {
    enum Kind {
        READ,
        READ_INTO,
        WRITE,
        TRUNCATE,
        ALLOCATE,
        FSYNC,
        FDATASYNC,
        SIZE,
        ATTRIBUTES,
        CLOSE,
        /** A read by a handle that was closed before. */
        AFTER_CLOSE
    }

    /** Who calls. */
    enum Via {
        /** A thread that is no event loop. */
        OUTSIDE,
        /** A task on the handle's loop. */
        LOOP,
        /** A listener of the operation that was drawn before. */
        LISTENER
    }

    final Kind kind;
    final Handle handle;

    /** The new size, for a truncate. */
    final int position;

    final int length;

    // How it is done.
    int version;
    BufferKind buffer = BufferKind.HEAP;
    boolean readOnly;
    boolean promised;
    boolean cancels;
    Via via = Via.OUTSIDE;

    /** Taken before the call. */
    volatile long start = Ticks.NEVER;

    /** Taken after the call has returned. */
    volatile long issued = Ticks.NEVER;

    /** Whether it was the handle's loop that called. */
    volatile boolean inLoop;

    /** Taken by the future's listener. */
    volatile long end = Ticks.NEVER;

    /** Refused or cancelled: it must have had no effect. */
    volatile boolean without;

    volatile Throwable failure;

    /** What the future gave, but for a buffer. */
    volatile Object value;

    /** What was read, from {@link #dataIndex} on; to be released. */
    volatile ByteBuf data;

    volatile int dataIndex;

    /** The memory of which {@link #data} is a slice, if it is. */
    volatile ByteBuf guards;

    /** What has gone wrong beside the result. */
    volatile String complaint;

    private boolean done;
    private final List<Runnable> followers = new ArrayList<>(1);

    Step(Kind kind, Handle handle, int position, int length) {
        this.kind = kind;
        this.handle = handle;
        this.position = position;
        this.length = length;
    }

    boolean changesBytes() {
        return kind == Kind.TRUNCATE || (kind == Kind.WRITE && length > 0);
    }

    boolean changesSize() {
        return changesBytes() || kind == Kind.ALLOCATE;
    }

    /** Where the bytes end that it changes: a truncate makes zeros of all that follow. */
    int to() {
        return kind == Kind.TRUNCATE ? Integer.MAX_VALUE : position + length;
    }

    /** The size that it sets, or makes the least one. */
    int size() {
        return position + length;
    }

    /** Runs something in the thread that completes this step, or here if that has happened. */
    void then(Runnable follower) {
        synchronized (this) {
            if (!done) {
                followers.add(follower);
                return;
            }
        }
        follower.run();
    }

    void done() {
        synchronized (this) {
            done = true;
        }
        followers.forEach(Runnable::run);
    }

    private static String tick(long tick) {
        return tick == Ticks.NEVER ? "…" : Long.toString(tick);
    }

    @Override
    public String toString() {
        return kind
                + (kind == Kind.WRITE ? "#" + version : "")
                + " ["
                + position
                + ", "
                + (position + length)
                + ") by "
                + handle
                + " via "
                + via
                + (kind == Kind.WRITE || kind == Kind.READ_INTO ? " " + buffer : "")
                + " at "
                + tick(start)
                + "-"
                + tick(end)
                + (without ? " without effect" : "");
    }
}
