// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a run is: a bar on a terminal, nothing elsewhere. Any thread. */
public final class Progress implements Runnable, AutoCloseable {
    private static final int WIDTH = 79;

    /** What of a name is shown. */
    private static final int NAME = 20;

    /** Often enough for an eye. */
    private static final int BYTES_UPDATE_MILLIS = 100;

    /** Seldom: drawing it takes time from what is measured. */
    private static final int UPDATE_MILLIS = 1000;

    private static final Path ERR = Path.of("/proc/self/fd/2");

    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * Begins at 0 %, on standard error.
     *
     * @param wanted whether to show it, if that is a terminal
     * @param steps how many there will be
     */
    public static Progress begin(boolean wanted, int steps) {
        if (!wanted || !isTerminal()) {
            return new Progress(null);
        }
        return new Progress(
                new ProgressBarBuilder()
                        .setTaskName("measuring")
                        .setInitialMax(steps)
                        .setUpdateIntervalMillis(UPDATE_MILLIS)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                        .build());
    }

    /**
     * As {@link #begin}, of bytes: with how many there are, how fast, and how long it still takes.
     *
     * @param wanted whether to show it, if that is a terminal
     * @param task what it is about
     */
    public static Progress ofBytes(boolean wanted, String task) {
        if (!wanted || !isTerminal()) {
            return new Progress(null);
        }
        return new Progress(
                new ProgressBarBuilder()
                        .setTaskName(title(task))
                        .setUnit(" MiB", 1 << 20)
                        .showSpeed()
                        .setUpdateIntervalMillis(BYTES_UPDATE_MILLIS)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                        .build());
    }

    /** The beginning of it; one character for each, as the bar counts them. */
    static String title(String task) {
        StringBuilder title = new StringBuilder();
        task.codePoints()
                .limit(NAME)
                .map(each -> Printable.is(each) ? each : '?')
                .forEach(title::appendCodePoint);
        return title.toString();
    }

    /** System.console() knows standard input and output, or on some JDKs neither. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(ERR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }

    /** So many are done, and so many there are. */
    public void at(long steps, long all) {
        if (bar != null) {
            bar.maxHint(all);
            bar.stepTo(steps);
        }
    }

    /** One step is done. */
    @Override
    public void run() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
