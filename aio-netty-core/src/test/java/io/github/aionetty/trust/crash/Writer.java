// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import io.github.aionetty.support.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link WriterMain} in a process of its own; its reports go to a ledger. */
final class Writer implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 60_000;

    private final Ledger ledger;
    private final Process process;
    private final Path errors;
    private final Thread reader;
    private int questions;
    private int answers;

    /** With every way. */
    Writer(Path directory, long seed, Ledger ledger, Reporter.When when) throws IOException {
        this(directory, seed, ledger, 2, when, List.of(Way.values()));
    }

    /** One that reports what is durable. */
    Writer(Path directory, long seed, Ledger ledger, int lanes, List<Way> ways) throws IOException {
        this(directory, seed, ledger, lanes, Reporter.When.DURABLE, ways);
    }

    /**
     * Starts it.
     *
     * @param lanes how many write one file at a time, where its way allows for several
     */
    private Writer(
            Path directory, long seed, Ledger ledger, int lanes, Reporter.When when, List<Way> ways)
            throws IOException {
        this.ledger = ledger;
        errors = Files.createTempFile("writer", ".err");
        List<String> arguments = new ArrayList<>();
        arguments.add(directory.toString());
        arguments.add(Long.toString(seed));
        arguments.add(Integer.toString(ledger.nextVersion()));
        arguments.add(Integer.toString(lanes));
        arguments.add(when.name());
        ways.forEach(way -> arguments.add(way.name()));
        ChildJvm jvm =
                new ChildJvm()
                        .option("-Xcheck:jni")
                        // Logged on standard output, and no matter here.
                        .option("-Dio.github.aionetty.stallThresholdMicros=0")
                        .option("-XX:TieredStopAtLevel=1")
                        .option("-XX:+UseSerialGC");
        process =
                new ProcessBuilder(jvm.command(WriterMain.class, arguments.toArray(String[]::new)))
                        .redirectError(errors.toFile())
                        .start();
        reader = new Thread(this::read, "writer's reports");
        reader.start();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.startsWith(Reporter.ECHO)) {
                    answered();
                } else {
                    ledger.line(line);
                }
            }
        } catch (Throwable t) {
            ledger.failed(t);
        }
    }

    private synchronized void answered() {
        answers++;
        notifyAll();
    }

    /** Waits for the first report after a mark. */
    void awaitReport(int mark) throws InterruptedException {
        ledger.awaitReport(mark, PATIENCE_MILLIS);
    }

    /** Until everything that was begun before this call has been read. */
    void catchUp() throws IOException, InterruptedException {
        OutputStream in = process.getOutputStream();
        in.write((++questions + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
        synchronized (this) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            while (answers < questions) {
                ledger.checkFailure();
                if (System.nanoTime() > end || !process.isAlive()) {
                    throw new AssertionError("the writer does not answer: " + errors());
                }
                wait(10);
            }
        }
    }

    /** {@code SIGKILL}; then everything it has said is in the ledger, and nothing is under way. */
    void kill() throws IOException, InterruptedException {
        boolean alive = process.isAlive();
        // Process.destroyForcibly() would throw away what it has said.
        process.toHandle().destroyForcibly();
        process.waitFor();
        reader.join();
        ledger.checkFailure();
        if (!alive || !errors().isEmpty()) {
            throw new AssertionError("the writer has complained: " + errors());
        }
    }

    private String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        boolean interrupted = false;
        try {
            process.waitFor();
            reader.join();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        process.getOutputStream().close();
        Files.delete(errors);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
