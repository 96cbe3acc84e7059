// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.internal.SystemPropertyUtil;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A few daemon threads for what may block, started on demand and ended when idle. Tasks queue by
 * device, and no device may hold all of a lane: a hung one stops only itself.
 */
public final class HelperLane {
    /**
     * Opening, closing, attributes, names. A third of it for one key: a mount may be waited for
     * under two, its descriptors and its paths.
     */
    public static final HelperLane METADATA =
            new HelperLane(
                    "aio-netty-meta",
                    Math.max(
                            3, SystemPropertyUtil.getInt("io.github.aionetty.metadataThreads", 12)),
                    1.0 / 3);

    /** Transfers that could block in {@code io_submit}, and those of the thread-pool engine. */
    public static final HelperLane DATA =
            new HelperLane(
                    "aio-netty-data",
                    SystemPropertyUtil.getInt("io.github.aionetty.dataThreads", 16),
                    3.0 / 4);

    /** Copies of whole files, which hold a thread for long. */
    static final HelperLane COPY = new HelperLane("aio-netty-copy", 4, 1.0 / 2);

    /** The key of tasks that touch no file: no path or descriptor has it. */
    public static final Long CHORES = Long.MIN_VALUE;

    private static final InternalLogger LOGGER =
            InternalLoggerFactory.getInstance(HelperLane.class);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int MAX_QUEUED = 1 << 17;
    private static final int MAX_DEVICES = 1024;

    /** The queue of one device. */
    private static final class Device {
        final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        int running;
        boolean ready;
    }

    private final String name;
    private final int maxThreads;
    private final int perDevice;
    private final Map<Long, Device> devices = new HashMap<>();

    /** Devices with a task that may start now, each once; served in turn. */
    private final ArrayDeque<Device> ready = new ArrayDeque<>();

    private int threads;
    private int idle;

    /** Idle threads that have been notified and have not woken yet. */
    private int signalled;

    private int queued;
    private int serial;

    /** A lane of which one device may hold a share, rounded down, but at least one thread. */
    HelperLane(String name, int maxThreads, double share) {
        this.name = name;
        this.maxThreads = Math.max(2, maxThreads);
        this.perDevice = Math.max(1, (int) (this.maxThreads * share));
    }

    /**
     * Runs a task on a helper thread; any thread may call, and never waits.
     *
     * @param device the device it may block on
     * @param task what to run; tasks of one device start in order
     * @throws RejectedExecutionException over 131,072 waiting tasks, or where no thread can be had
     */
    public void execute(Long device, Runnable task) {
        boolean start;
        Device queue;
        synchronized (this) {
            if (queued >= MAX_QUEUED) {
                throw new RejectedExecutionException(
                        name
                                + ": queued="
                                + queued
                                + " tasks wait already; the device is too slow");
            }
            queue = devices.get(device);
            if (queue == null) {
                queue = addDevice(device);
            }
            queue.tasks.add(task);
            queued++;
            makeReady(queue);
            start = wake();
        }
        if (start && !startThread() && withdraw(queue, task)) {
            throw new RejectedExecutionException(name + ": no thread can be started");
        }
    }

    private Device addDevice(Long key) {
        if (devices.size() >= MAX_DEVICES) {
            devices.values().removeIf(d -> d.running == 0 && d.tasks.isEmpty());
        }
        Device queue = new Device();
        devices.put(key, queue);
        return queue;
    }

    /** Sees to a thread for the first ready device; true if the caller is to start one. */
    private boolean wake() {
        if (ready.size() <= signalled) {
            return false;
        }
        if (idle > signalled) {
            signalled++;
            notify();
            return false;
        }
        if (threads == maxThreads) {
            return false;
        }
        threads++;
        return true;
    }

    private boolean startThread() {
        int number;
        synchronized (this) {
            number = ++serial;
        }
        try {
            Thread thread = new FastThreadLocalThread(this::work, name + '-' + number);
            thread.setDaemon(true);
            thread.start();
            return true;
        } catch (OutOfMemoryError e) {
            LOGGER.warn("{}: no thread can be started", name, e);
            synchronized (this) {
                threads--;
            }
            return false;
        }
    }

    /** Takes a task back that no thread will ever run. */
    private synchronized boolean withdraw(Device queue, Runnable task) {
        if (threads > 0 || !queue.tasks.removeLastOccurrence(task)) {
            return false;
        }
        queued--;
        if (queue.tasks.isEmpty() && queue.ready) {
            queue.ready = false;
            ready.remove(queue);
        }
        return true;
    }

    private void makeReady(Device queue) {
        if (!queue.ready && !queue.tasks.isEmpty() && queue.running < perDevice) {
            queue.ready = true;
            ready.add(queue);
        }
    }

    private void work() {
        Device queue = null;
        while (true) {
            Runnable task;
            boolean start;
            synchronized (this) {
                if (queue != null) {
                    queue.running--;
                    makeReady(queue);
                }
                queue = next();
                if (queue == null) {
                    threads--;
                    return;
                }
                task = queue.tasks.poll();
                queued--;
                queue.running++;
                queue.ready = false;
                makeReady(queue);
                start = wake();
            }
            if (start) {
                startThread();
            }
            try {
                task.run();
            } catch (Throwable t) {
                LOGGER.warn("a helper task failed", t);
            }
        }
    }

    /** The next device in turn, waiting for one; {@code null} when this thread has idled enough. */
    private Device next() {
        long deadline = 0;
        while (ready.isEmpty()) {
            long now = System.nanoTime();
            if (deadline == 0) {
                deadline = now + IDLE_NANOS;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - now);
            if (left <= 0) {
                return null;
            }
            idle++;
            try {
                wait(left);
            } catch (InterruptedException e) {
                // Nobody may end a helper: its task would be lost. It goes on.
                LOGGER.debug("{}: interrupt ignored", name);
            } finally {
                idle--;
                signalled = Math.max(0, signalled - 1);
            }
        }
        return ready.poll();
    }
}
