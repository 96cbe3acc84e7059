// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.exercise;

import io.github.aionetty.support.BufferKind;
import java.util.SplittableRandom;

/**
 * What one round is like: which operations are frequent, how many are in flight, where they meet.
 * Rounds differ much, since what is rare among everything is frequent somewhere.
 */
final class Profile {
    private static final int BLOCK = 4096;
    private static final int SECTOR = 512;
    private static final int[] LIMITS = {1 << 16, 1 << 18, 1 << 20, Exerciser.LIMIT};
    private static final Step.Kind[] KINDS = Step.Kind.values();

    /** How often each kind is drawn, in a thousand or so; by {@link Step.Kind}. */
    private static final int[] USUAL = {300, 200, 380, 20, 15, 4, 4, 25, 15, 8, 4};

    /** The same for what is no step. */
    private static final int OPEN = 8;

    private static final int ON = 6;

    private final SplittableRandom random;
    private final int[] weights = USUAL.clone();
    private final int total;

    /** Operations of this round. */
    final int steps;

    final int inFlight;

    /** Positions are below it. */
    private final int limit;

    /** Half of the positions are in here. */
    private final int windowFrom;

    private final int windowLength;

    /** Whether the size is changed only while nothing else is in flight. */
    final boolean resizesAlone;

    private final int cancelsOneIn;

    Profile(SplittableRandom random) {
        this.random = random;
        steps = 100 + random.nextInt(600);
        int[] depths = {1, 4, 8, 16, 48, 120};
        inFlight = 1 + random.nextInt(depths[random.nextInt(depths.length)]);
        limit = LIMITS[random.nextInt(LIMITS.length)];
        windowLength = Math.min(limit, BLOCK << random.nextInt(6));
        windowFrom = random.nextInt(limit - windowLength + 1);
        resizesAlone = random.nextBoolean();
        cancelsOneIn = random.nextInt(3) == 0 ? 8 : Integer.MAX_VALUE;
        int sum = OPEN + ON;
        for (int i = 0; i < weights.length; i++) {
            int luck = random.nextInt(8);
            if (luck == 0 && i > Step.Kind.WRITE.ordinal()) {
                weights[i] = 0;
            } else if (luck == 1) {
                weights[i] *= 4;
            }
            sum += weights[i];
        }
        total = sum;
    }

    /** The kind of the next operation; {@code null} is to open, or to share, a handle. */
    Step.Kind kind() {
        int drawn = random.nextInt(total);
        for (Step.Kind kind : KINDS) {
            drawn -= weights[kind.ordinal()];
            if (drawn < 0) {
                return kind;
            }
        }
        return null;
    }

    boolean opens() {
        return random.nextInt(OPEN + ON) < OPEN;
    }

    /** The next operation; {@code size} is about the file's size. */
    Step step(Step.Kind kind, Handle handle, int size) {
        Step step;
        switch (kind) {
            case READ, READ_INTO, WRITE, AFTER_CLOSE:
                step = transfer(kind, handle, size);
                break;
            case TRUNCATE:
                step = new Step(kind, handle, newSize(size), 0);
                break;
            case ALLOCATE:
                int from = random.nextInt(limit);
                step = new Step(kind, handle, from, 1 + random.nextInt(limit - from));
                break;
            default:
                step = new Step(kind, handle, 0, 0);
        }
        BufferKind[] buffers = BufferKind.values();
        step.buffer = buffers[random.nextInt(buffers.length)];
        step.readOnly = random.nextInt(8) == 0;
        step.promised = random.nextBoolean();
        step.cancels = random.nextInt(cancelsOneIn) == 0 && kind != Step.Kind.CLOSE;
        int via = random.nextInt(10);
        if (via < 4) {
            step.via = via == 0 ? Step.Via.LISTENER : Step.Via.LOOP;
        }
        return step;
    }

    private int newSize(int size) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> random.nextInt(limit + 1) & -BLOCK;
            case 2, 3 -> random.nextInt(limit + 1);
            case 4 -> Math.min(limit, size + random.nextInt(2 * BLOCK));
            default -> Math.max(0, Math.min(size, limit) - random.nextInt(4 * BLOCK));
        };
    }

    private Step transfer(Step.Kind kind, Handle handle, int size) {
        int unit = unit();
        int position = position(size) & -unit;
        int length = length(unit);
        if (random.nextInt(100) == 0) {
            length = 0;
        }
        return new Step(kind, handle, position, Math.min(length, limit - position));
    }

    private int unit() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> BLOCK;
            case 3 -> SECTOR;
            default -> 1;
        };
    }

    private int position(int size) {
        switch (random.nextInt(16)) {
            case 0, 1, 2:
                return random.nextInt(limit);
            case 3:
                // The end, a little before it, a little behind it.
                int near = size + random.nextInt(2 * BLOCK) - BLOCK;
                return Math.max(0, Math.min(limit - 1, near));
            case 4, 5:
                return Math.min(limit - 1, size);
            case 6, 7, 8, 9, 10:
                return random.nextInt(Math.min(limit, size + BLOCK));
            default:
                return windowFrom + random.nextInt(windowLength);
        }
    }

    private int length(int unit) {
        int most = 1 << (1 + random.nextInt(14));
        int luck = random.nextInt(300);
        if (luck == 0) {
            most = 2 << 20;
        } else if (luck < 6) {
            most = 300 << 10;
        }
        int length = 1 + random.nextInt(most);
        return (length + unit - 1) & -unit;
    }
}
