// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import io.github.aionetty.AioContext;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** All cells, in all rounds, on one file system. */
final class FileSystemRun implements Callable<Void> {
    private static final int HANGS_SECONDS = 60;

    private final SlowDisk disk;
    private final List<Cell> cells;
    private final int rounds;
    private final BiConsumer<Cell, Long> result;
    private final Runnable progress;
    private final Contents contents = new Contents();

    /**
     * Makes a run.
     *
     * @param result gets every cell's longest stall of every round, in nanoseconds
     * @param progress runs after each trial
     */
    FileSystemRun(
            SlowDisk disk,
            List<Cell> cells,
            int rounds,
            BiConsumer<Cell, Long> result,
            Runnable progress) {
        this.disk = disk;
        this.cells = cells;
        this.rounds = rounds;
        this.result = result;
        this.progress = progress;
    }

    @Override
    public Void call() throws Exception {
        Path directory = Files.createTempDirectory(disk.directory(), "stall");
        try {
            run(directory);
        } finally {
            disk.fast();
            Files.walk(directory)
                    .sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        }
        return null;
    }

    private void run(Path directory) throws Exception {
        for (Cell cell : cells) {
            cell.fixture().make(directory.resolve(cell.fileName()), contents, rounds);
        }
        contents.checked();
        disk.remount();
        checkExtents(directory);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
        EventLoop loop = group.next();
        // Helpers get the priority of the loop that starts them. They need it, too: a loop spins
        // while one of them is half-way through handing a task over.
        for (EventExecutor one : group) {
            one.submit(Priority::raise).sync();
        }
        try (Heartbeat heartbeat = new Heartbeat(loop)) {
            Place place = new Place(directory, contents, loop, group.next());
            for (int round = 0; round <= rounds; round++) {
                round(place, heartbeat, round);
            }
        } finally {
            disk.fast();
            group.shutdownGracefully(0, HANGS_SECONDS, TimeUnit.SECONDS).sync();
        }
    }

    private void checkExtents(Path directory) throws IOException, InterruptedException {
        for (Cell cell : cells) {
            Path path = directory.resolve(cell.fileName());
            if (cell.fixture() == Fixture.FRAGMENTED && Fixture.extents(path) < Fixture.EXTENTS) {
                throw new IOException(path + " has too few extents: " + Fixture.extents(path));
            }
        }
    }

    /** Round 0 is on a fast disk: it loads and compiles the code. */
    private void round(Place place, Heartbeat heartbeat, int round) throws Exception {
        boolean slow = round > 0;
        if (slow) {
            disk.remount();
        }
        for (Cell cell : cells) {
            long stall = measure(new Trial(place, cell, round), cell, heartbeat, slow);
            if (slow) {
                result.accept(cell, stall);
            }
            progress.run();
        }
        closeContexts(place);
        // What the disk has, not what the page cache has.
        disk.remount();
        contents.check();
    }

    private static void closeContexts(Place place) throws InterruptedException {
        AioContext.of(place.loop()).close().sync();
        AioContext.of(place.other()).close().sync();
    }

    private long measure(Trial trial, Cell cell, Heartbeat heartbeat, boolean slow)
            throws Exception {
        try {
            await(begin(trial, cell.prepare()), cell);
            if (slow) {
                disk.slow();
            }
            heartbeat.begin();
            await(begin(trial, cell.run()), cell);
            long stall = heartbeat.end();
            disk.fast();
            trial.finish();
            return stall;
        } catch (ExecutionException | TimeoutException | IOException e) {
            disk.fast();
            throw new IOException(
                    trial.path() + ", round=" + trial.round + ": " + cell.name() + ": " + e, e);
        }
    }

    private static CompletableFuture<?> begin(Trial trial, Cell.Step step) {
        return CompletableFuture.<CompletionStage<?>>supplyAsync(
                        () -> step.take(trial), trial.place.loop())
                .thenCompose(stage -> stage);
    }

    private void await(CompletableFuture<?> future, Cell cell) throws Exception {
        try {
            future.get(cell.slowMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            disk.fast();
            future.get(HANGS_SECONDS, TimeUnit.SECONDS);
        }
    }
}
