// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import io.github.aionetty.Aio;
import io.github.aionetty.examples.bench.ShutdownHooks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** All cells on several file systems at once, each with loops and a disk of its own. */
public final class StallBench {
    /** More would not fit into the files that are prepared. */
    public static final int MOST_ROUNDS = 31;

    private static final int END_SECONDS = 60;

    private final Path root;
    private final List<String> fileSystems;
    private final List<Cell> cells;
    private final int rounds;
    private final int iops;

    /**
     * Makes a benchmark.
     *
     * @param root the directory that {@code scripts/slowfs} made
     * @param fileSystems which of those in it
     * @param cells part of the names of the cells to measure; empty for all
     * @param rounds how often, after a first time on a fast disk, which does not count
     * @param iops of the slow disk: reads a second, and writes a second
     */
    public StallBench(Path root, List<String> fileSystems, String cells, int rounds, int iops) {
        this.root = root;
        this.fileSystems = fileSystems;
        this.cells = Cells.all().stream().filter(cell -> cell.name().contains(cells)).toList();
        this.rounds = rounds;
        this.iops = iops;
    }

    /** How often {@link #run} calls {@code progress}. */
    public int steps() {
        return fileSystems.size() * cells.size() * (rounds + 1);
    }

    /**
     * Measures. The disks are fast again at its end, also where that is a signal.
     *
     * @param progress runs after each trial, on any thread
     * @return a value for every cell, file system and round
     * @throws IOException if an operation failed or bytes are wrong; it says where
     */
    public Results run(Runnable progress) throws IOException, InterruptedException {
        Aio.ensureAvailability();
        List<SlowDisk> disks = new CopyOnWriteArrayList<>();
        Thread hook = new Thread(() -> closeQuietly(disks), "fast disks");
        Runtime.getRuntime().addShutdownHook(hook);
        try (Throttle throttle = Throttle.ofThisMachine()) {
            try {
                for (String name : fileSystems) {
                    disks.add(new SlowDisk(root, name, throttle, iops));
                }
                return run(disks, progress);
            } finally {
                closeQuietly(disks);
            }
        } finally {
            ShutdownHooks.remove(hook);
        }
    }

    private Results run(List<SlowDisk> disks, Runnable progress)
            throws IOException, InterruptedException {
        Results results = new Results();
        ExecutorService threads = Executors.newFixedThreadPool(disks.size());
        try {
            List<Future<Void>> runs = new ArrayList<>();
            for (int i = 0; i < disks.size(); i++) {
                String name = fileSystems.get(i);
                runs.add(
                        threads.submit(
                                new FileSystemRun(
                                        disks.get(i),
                                        cells,
                                        rounds,
                                        (cell, nanos) -> results.add(cell.name(), name, nanos),
                                        progress)));
            }
            for (Future<Void> run : runs) {
                run.get();
            }
            return results;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } finally {
            threads.shutdownNow();
            // Where one has failed the others clean up.
            threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void closeQuietly(List<SlowDisk> disks) {
        for (SlowDisk disk : disks) {
            try {
                disk.close();
            } catch (IOException e) {
                System.err.println("a disk may still be slow: " + e);
            }
        }
    }
}
