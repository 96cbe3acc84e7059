// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * That a sanitizer would have spoken, had there been a reason: run by scripts/sanitize among the
 * other tests, in the same JVM with the same library. Not a name that Surefire finds by itself.
 */
class SanitizerProof {
    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "tooShortForTheLibrary, ERROR: AddressSanitizer, in aion_statx",
        "misaligned, misaligned address, in aion_statx",
        "tooShortForTheKernel, heap-buffer-overflow, in __wrap_io_submit",
        "tooShortForTheEvents, heap-buffer-overflow, in __wrap_syscall",
        "freedBeforeTheEnd, heap-use-after-free, in __wrap_syscall",
    })
    void wrongMemoryIsReportedAndEndsTheProcess(String wrong, String report, String where)
            throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // Kept, for the report is to name the function.
                        "-Dio.netty.native.deleteLibAfterLoading=false",
                        "-Dio.netty.native.workdir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        WrongMemoryMain.class.getName(),
                        wrong);
        // Not among the reports that would fail the run.
        builder.environment().merge("ASAN_OPTIONS", "log_path=stderr", (a, b) -> a + ":" + b);
        Path output = directory.resolve("output");
        Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).content().contains(report).contains(where);
        assertThat(process.exitValue()).isNotZero();
    }
}
