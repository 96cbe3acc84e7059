// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code serve} as a process of its own, as people run it, on this test's class path. */
public final class ServerProcess implements AutoCloseable {
    private static final int START_SECONDS = 60;

    private final Process process;
    private final BufferedReader output;
    private final String firstLine;

    /** Starts {@code prefix java … serve arguments}; the prefix is a tracer, or nothing. */
    public ServerProcess(List<String> prefix, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dio.netty.leakDetection.level=paranoid");
        command.add("-Dlogback.configurationFile=logback.xml"); // Not that of the tests.
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.add("serve");
        command.addAll(List.of(arguments));
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        firstLine =
                CompletableFuture.supplyAsync(this::readLine).get(START_SECONDS, TimeUnit.SECONDS);
    }

    private String readLine() {
        try {
            return output.readLine();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it said when it was ready, or {@code null} if it ended instead. */
    public String firstLine() {
        return firstLine;
    }

    /** The address in the first line, with its slash. */
    public URI uri() {
        return URI.create(firstLine.substring(firstLine.lastIndexOf(' ') + 1));
    }

    /** Sends SIGTERM to the server, not to what traces it. */
    public void terminate() {
        server().destroy();
    }

    private ProcessHandle server() {
        return process.toHandle().children().findFirst().orElse(process.toHandle());
    }

    /** Whether it ended in time; what else it wrote is then in {@link #rest()}. */
    public boolean ends(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** Its exit code, of a process that has ended. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Standard output after the first line, up to its end. */
    public String rest() throws IOException {
        StringBuilder rest = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            rest.append(line).append('\n');
        }
        return rest.toString();
    }

    @Override
    public void close() {
        server().destroyForcibly();
        process.destroyForcibly();
    }
}
