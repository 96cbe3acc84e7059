// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Which large files the page cache should have: those that are asked for again and again. How often
 * a file has been asked for lately, by the bytes that clients wanted of it, decides; the most
 * popular ones get in, as long as they fit a part of memory together. Reading all of a large tree
 * once, or in turns, makes none popular, and throws nothing out of the page cache. Any thread.
 */
final class Popularity {
    /** So many times over it has to have been asked for, weighed by how long ago. */
    private static final double OFTEN = 2;

    /** One that is out has to be so much more popular than one that is in. */
    private static final double LEAD = 1.5;

    private static final double HALF_LIFE_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Below this, and when there are too many, a file is forgotten. */
    private static final double FORGOTTEN = 0.05;

    private static final int MOST = 4096;

    private final Map<Id, Score> scores = new HashMap<>();
    private final long budget;
    private final LongSupplier clock;
    private long inside;

    private record Id(long device, long inode) {}

    private static final class Score {
        private final long size;
        private double times;
        private long at;
        private boolean in;

        Score(long size, long now) {
            this.size = size;
            this.at = now;
        }

        double at(long now) {
            times *= Math.pow(2, (at - now) / HALF_LIFE_NANOS);
            at = now;
            return times;
        }
    }

    /**
     * Creates one that knows nothing.
     *
     * @param budget bytes of memory that popular files may take together
     */
    Popularity(long budget) {
        this(budget, System::nanoTime);
    }

    Popularity(long budget, LongSupplier clock) {
        this.budget = budget;
        this.clock = clock;
    }

    /**
     * Takes note that a client wants a part of a file.
     *
     * @param bytes how much of it
     * @return whether it is to come from the page cache
     */
    synchronized boolean wanted(AioFileAttributes file, long bytes) {
        if (file.size() <= 0 || file.size() > budget) {
            return false;
        }
        long now = clock.getAsLong();
        Id id = new Id(file.device(), file.inode());
        Score score = scores.get(id);
        if (score == null || score.size != file.size()) {
            if (score != null) {
                forget(id, score);
            } else if (scores.size() >= MOST) {
                forgetTheUnpopular(now);
            }
            score = new Score(file.size(), now);
            scores.put(id, score);
        }
        score.times = score.at(now) + (double) bytes / file.size();
        if (!score.in && score.times >= OFTEN) {
            admit(score, now);
        }
        return score.in;
    }

    synchronized int size() {
        return scores.size();
    }

    private void admit(Score candidate, long now) {
        while (inside + candidate.size > budget) {
            Score least = null;
            for (Score score : scores.values()) {
                if (score.in && (least == null || score.at(now) < least.times)) {
                    least = score;
                }
            }
            if (least == null || candidate.times < LEAD * least.times) {
                return;
            }
            least.in = false;
            inside -= least.size;
        }
        candidate.in = true;
        inside += candidate.size;
    }

    private void forget(Id id, Score score) {
        scores.remove(id);
        if (score.in) {
            inside -= score.size;
        }
    }

    private void forgetTheUnpopular(long now) {
        scores.entrySet()
                .removeIf(entry -> !entry.getValue().in && entry.getValue().at(now) < FORGOTTEN);
        if (scores.size() >= MOST) {
            scores.values().removeIf(score -> !score.in);
        }
    }
}
