// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.Aio;
import io.github.aionetty.support.ChildJvm;
import io.github.aionetty.support.FileSystemsUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Benchmark;

/** The micro-benchmarks work. What they measure in so short a time means nothing. */
@Timeout(200)
class MicroTest {
    private static final List<Class<?>> ALL =
            List.of(SubmitMicro.class, ReapMicro.class, SlotsMicro.class, BufferMicro.class);

    @TempDir Path directory;

    @Test
    void eachOneMeasures() throws Exception {
        FileSystemsUnderTest.require(Aio.isAvailable(), "kernel AIO");
        Path results = directory.resolve("results.csv");
        List<String> options = new ArrayList<>(List.of("Micro", "-f", "0", "-wi", "0"));
        options.addAll(List.of("-i", "1", "-r", "20ms", "-foe", "true"));
        options.addAll(List.of("-rf", "csv", "-rff", results.toString()));
        ChildJvm.Result run =
                new ChildJvm().run(org.openjdk.jmh.Main.class, options.toArray(new String[0]));
        assertThat(run.exitCode()).as(run.output()).isZero();
        List<String> lines = Files.readAllLines(results);
        for (Class<?> type : ALL) {
            Stream.of(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Benchmark.class))
                    .forEach(
                            method ->
                                    assertThat(lines)
                                            .anyMatch(
                                                    line ->
                                                            line.contains(
                                                                    type.getName()
                                                                            + "."
                                                                            + method.getName())));
        }
    }
}
