// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.exercise;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioFileAttributes;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CancellationException;

/** Judges a completed step by the two oracles. */
final class Verdict {
    private final ByteOracle bytes;
    private final SizeOracle sizes;
    private final byte[] scratch;

    /** The inode's number, as the first attributes had it. */
    private Long inode;

    private long checkedBytes;

    Verdict(ByteOracle bytes, SizeOracle sizes, int limit) {
        this.bytes = bytes;
        this.sizes = sizes;
        this.scratch = new byte[limit];
    }

    /** Bytes that were read and found legal. */
    long checkedBytes() {
        return checkedBytes;
    }

    void newFile() {
        inode = null;
    }

    /** Whether an operation may fail like this, and then has had no effect. */
    static boolean isWithoutEffect(Step step, Throwable failure) {
        if (failure instanceof CancellationException) {
            return step.cancels;
        }
        if (!(failure instanceof AioClosedException) || step.kind == Step.Kind.CLOSE) {
            return false;
        }
        // A close on the loop overtakes the calls of other threads that are on their way there.
        long called = step.inLoop ? step.issued : Ticks.NEVER;
        return called > step.handle.closing;
    }

    /**
     * Looks at a step's outcome, and releases its buffer.
     *
     * @return {@code null} if it is legal, else what is wrong
     */
    String of(Step step) {
        try {
            if (step.complaint != null) {
                return step.complaint;
            }
            if (step.guards != null && !Guards.areIntact(step.guards)) {
                return "memory around the buffer has changed";
            }
            if (step.without) {
                return null;
            }
            if (step.failure != null) {
                return "failed: " + step.failure;
            }
            return ofSuccess(step);
        } finally {
            release(step);
        }
    }

    private static void release(Step step) {
        ByteBuf data = step.data;
        if (data != null) {
            step.data = null;
            data.release();
        }
    }

    private String ofSuccess(Step step) {
        switch (step.kind) {
            case READ:
                return ofRead(step, step.data.readableBytes());
            case READ_INTO:
                return ofReadInto(step, (Integer) step.value);
            case WRITE:
                boolean all = step.value.equals(step.length);
                return all ? null : "wrote " + step.value;
            case SIZE:
                return ofSize(step, (Long) step.value);
            case ATTRIBUTES:
                return ofAttributes(step, (AioFileAttributes) step.value);
            case AFTER_CLOSE:
                boolean after = step.start > step.handle.closed;
                return after
                        ? "succeeded after the close"
                        : ofRead(step, step.data.readableBytes());
            default:
                return step.value == null ? null : "gave " + step.value;
        }
    }

    private String ofReadInto(Step step, int count) {
        int length = Math.max(0, count);
        if (count == 0 && step.length > 0 || count < 0 && step.length == 0) {
            return "gave " + count;
        }
        if (step.data.writerIndex() != step.dataIndex + length) {
            return "gave " + count + " and moved the writer index to " + step.data;
        }
        return ofRead(step, length);
    }

    private String ofRead(Step step, int length) {
        int least = within(step, sizes.least(step.start, step.end));
        int greatest = within(step, sizes.greatest(step.start, step.end));
        if (length < least || length > greatest) {
            return "gave "
                    + length
                    + " bytes, not "
                    + least
                    + " to "
                    + greatest
                    + "; "
                    + sizes.explain();
        }
        step.data.getBytes(step.dataIndex, scratch, 0, length);
        checkedBytes += length;
        return bytes.check(step.start, step.end, step.position, scratch, length);
    }

    private static int within(Step step, int size) {
        return Math.max(0, Math.min(step.length, size - step.position));
    }

    private String ofSize(Step step, long size) {
        if (sizes.isPossible(size, step.start, step.end)) {
            return null;
        }
        return "gave size " + size + "; " + sizes.explain();
    }

    private String ofAttributes(Step step, AioFileAttributes attributes) {
        if (inode == null) {
            inode = attributes.inode();
        }
        if (!attributes.isRegularFile() || attributes.inode() != inode) {
            return "gave " + attributes;
        }
        return ofSize(step, attributes.size());
    }
}
