// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.exercise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which bytes a read may see. An operation in flight may have taken effect or not, and two that
 * were in flight together may have done so in either order; but one that began after another one
 * had ended hides it from every read that begins after its own end.
 */
final class ByteOracle {
    private final Content content;

    /** The bytes when nothing was in flight; zeros behind the end of the file. */
    private final byte[] settled;

    /** What has changed bytes since then, in the order of drawing. */
    private final List<Step> changes = new ArrayList<>();

    ByteOracle(Content content, int limit) {
        this.content = content;
        this.settled = new byte[limit];
    }

    void add(Step step) {
        if (step.changesBytes()) {
            changes.add(step);
        }
    }

    /** Nothing is in flight, and the file has these bytes, which have been checked. */
    void settle(byte[] bytes, int size) {
        System.arraycopy(bytes, 0, settled, 0, size);
        Arrays.fill(settled, size, settled.length, (byte) 0);
        changes.clear();
    }

    /** Nothing is in flight, and the file has been cut, or extended by zeros. */
    void cut(int size) {
        Arrays.fill(settled, size, settled.length, (byte) 0);
    }

    /**
     * Checks what a read between two ticks has given.
     *
     * @return {@code null} if it is legal, else what is wrong
     */
    String check(long start, long end, int position, byte[] actual, int length) {
        List<Step> near = near(end, position, position + length);
        if (near.isEmpty()) {
            int right = Content.prefix(settled, position, actual, 0, length);
            return right == length ? null : explain(position + right, actual[right], start, near);
        }
        int[] bounds = bounds(near, position, position + length);
        for (int i = 0; i + 1 < bounds.length; i++) {
            int from = bounds[i];
            int right = from;
            if (from < bounds[i + 1]) {
                right = segment(near, start, from, bounds[i + 1], actual, from - position);
            }
            if (right < bounds[i + 1]) {
                return explain(right, actual[right - position], start, near);
            }
        }
        return null;
    }

    private List<Step> near(long end, int from, int to) {
        List<Step> near = new ArrayList<>();
        for (Step step : changes) {
            if (step.position < to && from < step.to() && step.start < end && !step.without) {
                near.add(step);
            }
        }
        return near;
    }

    /** Where the set of possible writers changes. */
    private static int[] bounds(List<Step> near, int from, int to) {
        int[] bounds = new int[2 * near.size() + 2];
        int n = 0;
        bounds[n++] = from;
        bounds[n++] = to;
        for (Step step : near) {
            bounds[n++] = Math.max(from, step.position);
            bounds[n++] = Math.min(to, step.to());
        }
        Arrays.sort(bounds);
        return bounds;
    }

    /** The first byte that is nobody's, of a segment that has the same writers all along. */
    private int segment(List<Step> near, long start, int from, int to, byte[] actual, int index) {
        long hidden = hidden(near, start, from);
        int at = from;
        while (at < to) {
            int offset = index + at - from;
            int left = to - at;
            int best = hidden < 0 ? Content.prefix(settled, at, actual, offset, left) : 0;
            for (int i = near.size() - 1; i >= 0 && best < left; i--) {
                Step step = near.get(i);
                if (step.position <= from && from < step.to() && step.end >= hidden) {
                    int version = step.kind == Step.Kind.WRITE ? step.version : Content.ZERO;
                    best = Math.max(best, content.matching(version, at, actual, offset, left));
                }
            }
            if (best == 0) {
                return at;
            }
            at += best;
        }
        return to;
    }

    /** What had ended before this tick is hidden at that position; -1 if nothing is. */
    private static long hidden(List<Step> near, long start, int at) {
        long hidden = -1;
        for (Step step : near) {
            if (step.position <= at && at < step.to() && step.end < start) {
                hidden = Math.max(hidden, step.start);
            }
        }
        return hidden;
    }

    private String explain(int position, byte actual, long start, List<Step> near) {
        StringBuilder text = new StringBuilder();
        text.append("byte ").append(position).append(" is ").append(actual & 0xff);
        text.append(", before it was ").append(settled[position] & 0xff);
        long hidden = hidden(near, start, position);
        text.append("; what ended before ").append(hidden).append(" is hidden; written by:");
        for (Step step : near) {
            if (step.position <= position && position < step.to()) {
                boolean write = step.kind == Step.Kind.WRITE;
                int version = write ? step.version : Content.ZERO;
                byte its = content.bytes(version, position, 1)[0];
                text.append("\n  ").append(its & 0xff).append(": ").append(step);
            }
        }
        return text.toString();
    }
}
