// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.Futures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the writers of one directory have reported, of all its files. */
final class Ledger {
    private final List<History> files = new ArrayList<>();
    private int reports;
    private int nextVersion;
    private Throwable failure;

    /** Lanes that were told that their changes are not durable, and gave up. */
    private final List<String> refusals = new ArrayList<>();

    private boolean mayRefuse;

    Ledger(int firstVersion) {
        nextVersion = firstVersion;
        for (Way way : Way.values()) {
            boolean replaced = way.pattern == Way.Pattern.REPLACES;
            files.add(replaced ? new Replacements(way) : new Contents(way));
        }
    }

    /** Takes up a line of a {@link Reporter}, all but echoes. */
    synchronized void line(String line) {
        String[] words = line.split(" ");
        switch (words[0]) {
            case Reporter.BEGIN -> {
                Change change = Change.parse(words, 1);
                nextVersion = Math.max(nextVersion, change.version() + 1);
                files.get(change.file()).begun(change);
            }
            case Reporter.DONE -> {
                reports++;
                files.get(Integer.parseInt(words[1])).reported(Integer.parseInt(words[2]), reports);
                notifyAll();
            }
            case Reporter.OPENED ->
                    files.get(Integer.parseInt(words[1])).opened(Long.parseLong(words[2]), reports);
            case Reporter.FAILED -> {
                refusals.add("after report " + reports + ": " + line);
                notifyAll();
                if (!mayRefuse) {
                    throw new AssertionError(line);
                }
            }
            default -> throw new AssertionError("the writer says: " + line);
        }
    }

    /** Nothing more comes, and this is why. */
    synchronized void failed(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        notifyAll();
    }

    synchronized void checkFailure() {
        if (failure != null) {
            throw new AssertionError("a writer failed", failure);
        }
    }

    /** Waits for a report beyond those of a mark. */
    synchronized void awaitReport(int mark, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (reports <= mark && failure == null) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no report within " + millis + " ms");
            }
            wait(left);
        }
        checkFailure();
    }

    /** From now on a lane may fail. */
    synchronized void mayRefuse() {
        mayRefuse = true;
    }

    /** Waits for a lane to fail. */
    synchronized List<String> awaitRefusal(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (refusals.isEmpty() && failure == null) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("no lane has failed within " + millis + " ms");
            }
            wait(left);
        }
        checkFailure();
        return List.copyOf(refusals);
    }

    /** A point in time: what was reported before it must be there. */
    synchronized int mark() {
        return reports;
    }

    synchronized int nextVersion() {
        return nextVersion;
    }

    /**
     * By plain reads: everything that was reported up to the mark is in the directory's files.
     *
     * @return bytes that were compared with reports
     */
    long check(Path directory, int mark) throws IOException {
        long bytes = 0;
        for (History file : files) {
            bytes += file.check(directory.resolve(file.way.fileName()), mark);
        }
        return bytes;
    }

    /**
     * Opens and closes what was allocated ahead, which cuts off the part that was not used, and
     * looks again.
     *
     * @param goesOn whether this directory will be written on: the sizes hold from now on
     */
    void recover(AioContext context, Path directory, int mark, boolean goesOn) throws IOException {
        for (History file : files) {
            Path path = directory.resolve(file.way.fileName());
            if (file.way.allocatesAhead() && Files.exists(path)) {
                long size = reopen(context, path, file.way);
                assertThat(path).as("the exact size, after the close").hasSize(size);
                if (goesOn) {
                    file.opened(size, mark);
                } else {
                    file.checkOpened(size, mark);
                }
                file.check(path, mark);
            }
        }
    }

    private static long reopen(AioContext context, Path path, Way way) {
        Set<OpenOption> options = new HashSet<>(way.options);
        options.add(StandardOpenOption.READ);
        options.add(StandardOpenOption.WRITE);
        AioFile file = Futures.get(context.open(path, options));
        long size = Futures.get(file.size());
        Futures.get(file.close());
        return size;
    }

    /** What was reported up to then holds for good. */
    void fold(int mark) {
        files.forEach(file -> file.fold(mark));
    }

    /** Nobody writes any more: the files hold what they hold. */
    void settle(Path directory) throws IOException {
        for (History file : files) {
            file.settle(directory.resolve(file.way.fileName()));
        }
    }
}
