// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import io.github.aionetty.examples.bench.micro.MicroCommand;
import io.github.aionetty.examples.bench.peers.PeersCommand;
import io.github.aionetty.examples.bench.raw.RawCommand;
import io.github.aionetty.examples.bench.routing.RoutingCommand;
import io.github.aionetty.examples.bench.scale.ScaleCommand;
import io.github.aionetty.examples.bench.stall.StallCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bench}: by itself it lists the benchmarks. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Benchmarks.",
        subcommands = {
            StallCommand.class,
            RoutingCommand.class,
            PeersCommand.class,
            RawCommand.class,
            ScaleCommand.class,
            MicroCommand.class
        })
final class BenchCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 0;
    }
}
