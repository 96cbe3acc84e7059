// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Loop devices and mounts, by the programs that administer them. For root. */
public final class Commands {
    private static final int ATTEMPTS = 40;
    private static final int PAUSE_MILLIS = 50;

    private Commands() {}

    /**
     * Runs a program.
     *
     * @return what it has printed
     * @throws IOException with that, if it fails
     */
    public static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output.trim());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return output.trim();
    }

    /** As {@link #run}, again and again while the kernel still holds what is to be undone. */
    public static void patiently(String... command) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                run(command);
                return;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /**
     * A loop device on a file or on another device, of sectors of 4096 bytes: smaller ones would be
     * written by way of the page cache where a file shares its blocks with a copy.
     *
     * @param cached whether writes stay in the page cache until they are flushed
     * @return its path
     */
    public static Path attach(Path file, boolean cached) throws IOException {
        String direct = "--direct-io=" + (cached ? "off" : "on");
        for (int attempt = 1; ; attempt++) {
            String device = run("losetup", "--find");
            try {
                if (!Files.exists(Path.of(device))) {
                    // Most containers have no udev, which would make it.
                    String minor = device.replaceFirst("\\D*", "");
                    run("mknod", device, "b", "7", minor);
                }
                run("losetup", direct, "--sector-size=4096", device, file.toString());
                return Path.of(device);
            } catch (IOException e) {
                // Somebody else took that device in between.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
            pause();
        }
    }

    public static void detach(Path device) throws IOException {
        patiently("losetup", "--detach", device.toString());
    }
}
