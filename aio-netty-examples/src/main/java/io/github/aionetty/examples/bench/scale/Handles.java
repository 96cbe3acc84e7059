// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.examples.bench.Meter;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

/** Files of one context, opened one after the other and closed so, and what that took. */
final class Handles {
    /** The library's threads besides the loops. */
    private static final String HELPERS = "aio-netty-";

    private static final double MICROS = 1e6;

    final AioFile[] files;

    private final AioContext context;
    private final List<Path> paths;
    private double openSeconds;
    private double closeSeconds;
    private double cpuMicros;
    private double allocated;
    private long cycles;
    private long helpers;

    Handles(AioContext context, List<Path> paths) {
        this.context = context;
        this.paths = paths;
        files = new AioFile[paths.size()];
    }

    void open() throws InterruptedException {
        Meter.Usage used = each(this::open);
        openSeconds += used.seconds();
        cpuMicros += used.cpuMicros();
        allocated += used.allocated();
        countHelpers();
    }

    void close() throws InterruptedException {
        countHelpers();
        Meter.Usage used = each(this::close);
        closeSeconds += used.seconds();
        cpuMicros += used.cpuMicros();
        allocated += used.allocated();
        cycles++;
    }

    /** Again and again, until opening and closing have taken so long in all. */
    void openAndCloseFor(double seconds) throws InterruptedException {
        while (openSeconds + closeSeconds < seconds) {
            open();
            close();
        }
    }

    private Future<?> open(int number) {
        return DirectFiles.open(context, paths.get(number), false)
                .addListener((Future<AioFile> opened) -> files[number] = opened.getNow());
    }

    private Future<?> close(int number) {
        Future<?> closed = files[number].close();
        files[number] = null;
        return closed;
    }

    /** One at a time: so it is the time of one. */
    private Meter.Usage each(IntFunction<Future<?>> step) throws InterruptedException {
        Promise<Void> end = context.eventLoop().newPromise();
        Meter meter = new Meter();
        context.eventLoop().execute(() -> next(0, step, end));
        end.sync();
        return meter.read();
    }

    private void next(int number, IntFunction<Future<?>> step, Promise<Void> end) {
        if (number == files.length) {
            end.setSuccess(null);
            return;
        }
        step.apply(number)
                .addListener(
                        done -> {
                            if (done.isSuccess()) {
                                next(number + 1, step, end);
                            } else {
                                end.setFailure(done.cause());
                            }
                        });
    }

    /** Idle ones stay for two seconds. */
    private void countHelpers() {
        long now =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(each -> each.getName().startsWith(HELPERS))
                        .count();
        helpers = Math.max(helpers, now);
    }

    /** What it took, each. */
    void tell(Figures figures) {
        double count = (double) cycles * files.length;
        figures.put("open_us", openSeconds / count * MICROS)
                .put("close_us", closeSeconds / count * MICROS)
                .put("open_close_cpu_us", cpuMicros / count)
                .put("open_close_allocated_bytes", allocated / count)
                .put("helpers", helpers);
    }
}
