// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The history of a file that is written in place. */
final class Contents extends History {
    private static final int BLOCK = 4096;

    /** Zeros from the size on. */
    private byte[] content = new byte[0];

    /** After a crash the size is one of these, where space was allocated ahead. */
    private int leastSize;

    private int mostSize;

    Contents(Way way) {
        super(way);
    }

    @Override
    void apply(Change change) {
        switch (change.kind()) {
            case WRITE -> {
                reach(change.end());
                System.arraycopy(change.content(), 0, content, change.position(), change.length());
                extend(change.end());
            }
            case ALLOCATE -> extend(change.end());
            case TRUNCATE -> {
                int size = change.position();
                Arrays.fill(content, Math.min(size, content.length), content.length, (byte) 0);
                leastSize = size;
                mostSize = size;
            }
            default -> throw new AssertionError(change);
        }
    }

    private void reach(int length) {
        if (length > content.length) {
            content = Arrays.copyOf(content, Math.max(length, 2 * content.length));
        }
    }

    private void extend(int size) {
        leastSize = Math.max(leastSize, size);
        mostSize = Math.max(mostSize, size);
    }

    /** What was reported up to then and nothing else. */
    private synchronized Contents asOf(int mark) {
        Contents then = new Contents(way);
        then.content = content.clone();
        then.leastSize = leastSize;
        then.mostSize = mostSize;
        changes(true, mark).forEach(then::apply);
        for (Change change : changes(false, mark)) {
            then.mayHave(change);
        }
        return then;
    }

    /** Its writer was told to leave this one out. */
    private boolean isUnused() {
        return mostSize == 0;
    }

    /** As to the size alone. */
    private void mayHave(Change change) {
        if (change.kind() == Change.Kind.TRUNCATE) {
            leastSize = Math.min(leastSize, change.position());
        }
        mostSize = Math.max(mostSize, change.end());
    }

    @Override
    long check(Path file, int mark) throws IOException {
        Contents then = asOf(mark);
        if (then.isUnused() && !Files.exists(file)) {
            return 0;
        }
        byte[] actual = Files.readAllBytes(file);
        assertThat(actual.length)
                .as("size of %s, whose data may end at %s", file, then.mostSize)
                .isGreaterThanOrEqualTo(then.leastSize);
        if (!way.allocatesAhead()) {
            assertThat(actual.length).as("size of %s", file).isLessThanOrEqualTo(then.mostSize);
        }
        then.reach(actual.length);
        List<Flux> flux = new ArrayList<>();
        changes(false, mark).forEach(change -> flux.add(new Flux(change)));
        int at = 0;
        while (at < actual.length) {
            int same = Arrays.mismatch(actual, at, actual.length, then.content, at, actual.length);
            if (same < 0) {
                break;
            }
            at += same;
            byte found = actual[at];
            int where = at;
            if (flux.stream().noneMatch(each -> each.allows(where, found))) {
                throw new AssertionError(describe(file, at, actual, then.content, mark));
            }
            at++;
        }
        return then.leastSize;
    }

    /** A change that may be there, wholly, in part or not at all. */
    private static final class Flux {
        private final Change change;
        private final byte[] content;

        Flux(Change change) {
            this.change = change;
            this.content = change.kind() == Change.Kind.WRITE ? change.content() : new byte[0];
        }

        boolean allows(int position, byte value) {
            if (change.kind() == Change.Kind.TRUNCATE) {
                return position >= change.position() && value == 0;
            }
            int offset = position - change.position();
            return offset >= 0 && offset < content.length && content[offset] == value;
        }
    }

    private String describe(Path file, int at, byte[] actual, byte[] expected, int mark) {
        int wrong = 0;
        int zeros = 0;
        for (int i = at; i < Math.min(actual.length, at + BLOCK); i++) {
            wrong += actual[i] == expected[i] ? 0 : 1;
            zeros += actual[i] == 0 ? 1 : 0;
        }
        return file
                + " (size "
                + actual.length
                + ") is wrong from "
                + at
                + " on: of the next block "
                + wrong
                + " bytes, where "
                + zeros
                + " are 0; reported lately: "
                + covering(true, at, mark)
                + "; begun: "
                + covering(false, at, mark);
    }

    private List<Change> covering(boolean reported, int at, int mark) {
        return changes(reported, mark).stream()
                .filter(
                        change ->
                                change.position() <= at
                                        && (at < change.end()
                                                || change.kind() == Change.Kind.TRUNCATE))
                .toList();
    }

    @Override
    void settle(Path file) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        byte[] actual = Files.readAllBytes(file);
        Contents then = asOf(Integer.MAX_VALUE - 1);
        int most = way.allocatesAhead() ? cutSize(then.mostSize) : actual.length;
        content = Arrays.copyOf(actual, Math.min(actual.length, most));
        leastSize = way.allocatesAhead() ? written(then.leastSize) : actual.length;
        mostSize = way.allocatesAhead() ? Math.min(actual.length, most) : actual.length;
        forgetEntries();
    }

    /** The end of what was written, for behind it a size that was set does not count. */
    private int written(int size) {
        int end = Math.min(size, content.length);
        while (end > 0 && content[end - 1] == 0) {
            end--;
        }
        return end;
    }

    /** What was allocated ahead is cut off to the block. */
    private static int cutSize(int dataEnd) {
        return (dataEnd + BLOCK - 1) / BLOCK * BLOCK;
    }

    @Override
    void checkOpened(long size, int mark) {
        Contents then = asOf(mark);
        int most = way.allocatesAhead() ? cutSize(then.mostSize) : then.mostSize;
        assertThat(size)
                .as("size of %s on opening, reported up to %s", way, mark)
                .isBetween((long) then.leastSize, (long) most);
    }

    @Override
    void opened(long size, int mark) {
        checkOpened(size, mark);
        if (leastSize < mostSize) {
            // Uncertain since a crash, and nothing was begun yet.
            leastSize = (int) size;
            mostSize = (int) size;
        }
    }
}
