// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lets a thread go before all ordinary ones, so that a loop that has to wait for a CPU, since
 * somebody else has it, does not look as if it stood still.
 */
final class Priority {
    private Priority() {}

    /**
     * Raises this thread's, for the rest of its life. Where that is not allowed everything works as
     * well, with more noise.
     *
     * @see <a href="https://man7.org/linux/man-pages/man7/sched.7.html">sched(7), SCHED_RR</a>
     */
    static void raise() {
        try {
            Path thread = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
            new ProcessBuilder("chrt", "--rr", "--pid", "1", thread.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // No such program, or no such right.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
