// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.support.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What threads share, under jcstress: the tests are the classes named Stress beside what they test,
 * and each is run for its share of {@code aionetty.trust.seconds}. Up to two minutes all is
 * compiled by C2, which moves most; with more time each runs in every way that jcstress knows. Its
 * report goes to target/jcstress.
 */
class StressTest {
    private static final long SECONDS = Long.getLong("aionetty.trust.seconds", 30);
    private static final boolean ALL_WAYS = SECONDS > 120;

    /** JVMs for each test: by compiler, and on old JDKs with biased locks and without. */
    private static final int WAYS = (ALL_WAYS ? 4 : 1) * (Runtime.version().feature() < 18 ? 2 : 1);

    /** A JVM's start and end, and what jcstress finds out before the first one. */
    private static final long START_MILLIS = 400;

    private static final Pattern SUMMARY =
            Pattern.compile(
                    "(\\d+) planned; (\\d+) passed, (\\d+) failed, (\\d+) soft errs, (\\d+) hard");

    private static final Pattern OUTCOME =
            Pattern.compile("(?m)^ +[-\\w, ]+? +([\\d,]+) +<?\\d+\\.\\d+% +(Acceptable|Forbidden)");

    @Test
    void noOutcomeIsSeenThatMustNotBe() throws Exception {
        long tests = tests();
        long millis = Math.max(100, SECONDS * 1000 / (tests * WAYS) - START_MILLIS);
        Path reports = Files.createDirectories(Path.of("target", "jcstress"));
        List<String> options =
                new ArrayList<>(
                        List.of("-v", "-m", "quick", "-f", "1", "-iters", "1", "-sc", "false"));
        // Threads are not bound, and yield: others may use this machine as well.
        options.addAll(List.of("-af", "NONE", "-spinStyle", "THREAD_YIELD"));
        // Touching all of its heap takes each of many short JVMs longer than its test.
        options.addAll(List.of("-pth", "false"));
        options.addAll(List.of("-time", Long.toString(millis), "-r", "./"));
        if (!ALL_WAYS) {
            options.addAll(List.of("-jvmArgs", "-XX:-TieredCompilation"));
        }
        ChildJvm.Result result =
                new ChildJvm()
                        // Where it leaves a file with all results.
                        .in(reports)
                        .within(10 * SECONDS + 120)
                        .run(org.openjdk.jcstress.Main.class, options.toArray(new String[0]));
        Files.writeString(reports.resolve("output.txt"), result.output());
        assertThat(result.exitCode()).as(result.output()).isZero();

        Matcher summary = last(SUMMARY, result.output());
        assertThat(summary).as(result.output()).isNotNull();
        long passed = Long.parseLong(summary.group(2));
        assertThat(passed).as(result.output()).isEqualTo(Long.parseLong(summary.group(1)));
        assertThat(passed).isGreaterThanOrEqualTo(tests);
        report(tests, passed, result.output());
    }

    /** As many as the compiler found. */
    private static long tests() throws IOException {
        try (InputStream list = StressTest.class.getResourceAsStream("/META-INF/TestList")) {
            String text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
            long tests = text.lines().filter(line -> line.contains("Stress")).count();
            assertThat(tests).isGreaterThanOrEqualTo(24);
            return tests;
        }
    }

    private static Matcher last(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        Matcher last = null;
        while (matcher.find()) {
            last = pattern.matcher(matcher.group());
            last.find();
        }
        return last;
    }

    private static void report(long tests, long runs, String output) {
        long samples = 0;
        // Behind it the same figures come once more.
        Matcher outcome = OUTCOME.matcher(output.substring(0, output.indexOf("RUN RESULTS")));
        while (outcome.find()) {
            samples += Long.parseLong(outcome.group(1).replace(",", ""));
        }
        assertThat(samples).as("samples").isGreaterThan(1000 * tests);
        System.out.printf(
                "stress: tests=%d, runs=%d, samples=%d, seconds=%d, jdk=%s: no forbidden outcome%n",
                tests, runs, samples, SECONDS, Runtime.version());
    }
}
