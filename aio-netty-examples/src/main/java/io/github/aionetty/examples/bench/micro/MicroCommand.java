// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.micro;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code bench micro}: for the list of benchmarks. They measure the library's inside and are no
 * part of this jar; {@code run} starts them itself.
 */
@Command(
        name = "micro",
        description =
                "Submitting, reaping, slots and buffers by themselves (JMH; -h lists its options).")
public final class MicroCommand implements Callable<Integer> {
    @Parameters(hidden = true)
    private List<String> options;

    /** For picocli. */
    public MicroCommand() {}

    @Override
    public Integer call() throws IOException {
        throw new IOException("not in this jar: ./run bench micro, in a clone of the repository");
    }
}
