// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/** Fails everything in turn, with as many workers as it is given: runs wait more than they work. */
final class Sweep {
    /** So many failing runs are enough to know. */
    private static final int ENOUGH = Integer.getInteger("aionetty.trust.enough", 40);

    /** No scenario makes so many calls of one kind. */
    private static final int MOST = 1000;

    /** How often a scenario runs untouched, to see what it calls. */
    private static final int UNTOUCHED = 3;

    /** Runs, and faults that were fired, of one call. */
    private static final class Count {
        int runs;
        int fired;
        int most;
    }

    private final BlockingQueue<Worker> workers = new LinkedBlockingQueue<>();
    private final Path directory;
    private final int parallel;

    /** Whether each errno also lasts; otherwise those that are treated in another way than EIO. */
    private final boolean full;

    private final Map<String, Count> counts = new TreeMap<>();
    private final List<String> failed = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> called = new TreeSet<>();

    Sweep(Path directory, int parallel, boolean full) {
        this.directory = directory;
        this.parallel = parallel;
        this.full = full;
    }

    /** Every fault of a scenario. */
    void run(Scenario scenario) throws Exception {
        ExecutorService threads = begin(parallel);
        try {
            Set<String> calls = new TreeSet<>();
            for (int i = 0; i < UNTOUCHED; i++) {
                calls.addAll(once(scenario, null).counts().keySet());
            }
            calls.removeIf(call -> !scenario.sweeps(call, full));
            List<Future<?>> running = new ArrayList<>();
            for (String call : calls) {
                for (Kind kind : Kind.values()) {
                    if (kind.suits(call)) {
                        running.add(threads.submit(() -> everyNth(scenario, call, kind, false)));
                    }
                    if (kind.suits(call) && (full || kind.lastsDifferently())) {
                        running.add(threads.submit(() -> everyNth(scenario, call, kind, true)));
                    }
                }
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            end(threads);
        }
    }

    /** One fault. */
    void only(Fault fault) throws IOException {
        ExecutorService threads = begin(1);
        try {
            if (once(Scenario.valueOf(fault.scenario()), fault).fired() == 0) {
                failed.add(fault + " never happens");
            }
        } finally {
            end(threads);
        }
    }

    private ExecutorService begin(int count) {
        for (int i = 0; i < count; i++) {
            workers.add(new Worker(directory));
        }
        return Executors.newFixedThreadPool(count);
    }

    private void end(ExecutorService threads) throws IOException {
        threads.shutdown();
        for (Worker worker : workers) {
            worker.close();
        }
        workers.clear();
    }

    private void everyNth(Scenario scenario, String call, Kind kind, boolean lasting) {
        int n = 0;
        boolean reached;
        do {
            n++;
            Fault fault = new Fault(scenario.name(), call, n, kind, lasting);
            // The n-th may be one that has nothing to shorten: then the next one is tried.
            reached = failed.size() < ENOUGH && once(scenario, fault).reached(fault);
        } while (reached && n < MOST);
        if (n == MOST) {
            failed.add(scenario + "/" + call + " never passes untouched");
        }
    }

    private Worker.Result once(Scenario scenario, Fault fault) {
        Worker worker = null;
        try {
            worker = workers.take();
            Worker.Result result = worker.run(scenario, fault);
            note(scenario, fault, result);
            return result;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            if (worker != null) {
                workers.add(worker);
            }
        }
    }

    private void note(Scenario scenario, Fault fault, Worker.Result result) {
        synchronized (counts) {
            String call = fault == null ? "untouched" : fault.call();
            Count count = counts.computeIfAbsent(call, c -> new Count());
            count.runs++;
            count.fired += result.fired();
            if (result.fired() > 0) {
                called.add(call);
            }
            count.most = Math.max(count.most, fault == null ? 0 : fault.nth());
        }
        if (!result.complaints().isEmpty()) {
            String which = fault == null ? scenario + " untouched" : fault.toString();
            String told = which + "\n  " + String.join("\n  ", result.complaints());
            failed.add(told);
            System.out.println("sweep FAILED " + told);
        }
    }

    List<String> failed() {
        return failed;
    }

    /** The calls that were made to fail in any scenario. */
    Set<String> called() {
        return called;
    }

    String summary() {
        StringBuilder text = new StringBuilder();
        int runs = 0;
        int fired = 0;
        for (Map.Entry<String, Count> each : counts.entrySet()) {
            Count count = each.getValue();
            runs += count.runs;
            fired += count.fired;
            text.append(' ').append(each.getKey()).append('=').append(count.runs);
            text.append('/').append(count.fired);
        }
        return "runs=" + runs + " faults=" + fired + " failed=" + failed.size() + " of" + text;
    }
}
