// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.support.ChildJvm;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.trust.Length;
import io.github.aionetty.trust.Overlapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A JVM whose system calls are answered by {@code strace} now and then: what was asked completes,
 * once, with the right bytes, or fails with that very error; nothing hangs, and the JVM ends.
 */
@Overlapping
@Timeout(600)
class InjectionTest {
    private static final int BYTES = 1 << 20;

    /** What passes is waited for, by helpers for ten seconds. */
    private static final int PATIENCE_SECONDS = 20;

    private static final int LOST_SECONDS = 4;
    private static final int ROUNDS = Math.max(2, Length.ROUNDS);

    private static final String NOTHING_LOST = "wrong=0 twice=0 hung=0 closed=true unclosed=0";
    private static final Pattern HUNG = Pattern.compile("hung=(\\d+)");

    private Path file;
    private Path log;

    @BeforeEach
    void make() throws IOException {
        FileSystemsUnderTest.require(Files.exists(Path.of("/usr/bin/strace")), "strace");
        Path directory = FileSystemsUnderTest.anyDirectory();
        file = Files.createTempFile(directory, "injected", ".bin");
        log = Files.createTempFile(directory, "strace", ".log");
        Files.write(file, io.github.aionetty.support.Pattern.bytes(0, BYTES));
    }

    @AfterEach
    void remove() throws IOException {
        Files.delete(file);
        Files.delete(log);
    }

    /** Runs the work under injections into calls for the file, or into any. */
    private String run(String engine, String reap, String injections, boolean any, int rounds)
            throws Exception {
        List<String> command = new ArrayList<>(List.of("strace", "-f", "--seccomp-bpf"));
        StringBuilder calls = new StringBuilder();
        for (String injection : injections.split(" ")) {
            command.addAll(List.of("-e", "inject=" + injection));
            calls.append(',').append(injection, 0, injection.indexOf(':'));
        }
        command.addAll(List.of("-e", "trace=" + calls.substring(1), "-o", log.toString()));
        if (!any) {
            command.addAll(List.of("-P", file.toString()));
        }
        ChildJvm.Result result =
                new ChildJvm()
                        .by(command.toArray(String[]::new))
                        .option("-Dio.github.aionetty.reap=" + reap)
                        .option("-Dpatience=" + (rounds == 1 ? LOST_SECONDS : PATIENCE_SECONDS))
                        .run(InjectedMain.class, file.toString(), engine, "" + rounds);
        System.out.println(injections + ", " + injected() + " times: " + result.output().trim());
        assertThat(injected()).isPositive();
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    private long injected() throws IOException {
        try (Stream<String> calls = Files.lines(log)) {
            return calls.filter(call -> call.endsWith("(INJECTED)")).count();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    KERNEL;      ring;    io_submit:error=EAGAIN:when=1+2
                    KERNEL;      syscall; io_submit:error=EAGAIN:when=5..300
                    KERNEL;      ring;    io_submit:retval=0:when=1+2
                    KERNEL;      syscall; io_getevents:error=EINTR:when=1+2
                    KERNEL;      syscall; io_getevents:error=ENOMEM:when=1+2
                    THREAD_POOL; ring;    pwrite64,pread64:error=EINTR:when=2+2
                    """)
    void whatPassesIsWaitedFor(String engine, String reap, String injection) throws Exception {
        boolean any = engine.equals("KERNEL");
        assertThat(run(engine, reap, injection, any, ROUNDS)).contains("failed={} " + NOTHING_LOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"io_setup:error=ENOSYS", "eventfd2:error=EMFILE:when=4"})
    void whereTheKernelMakesNoContextThreadsDoTheWork(String injection) throws Exception {
        assertThat(run("AUTO", "ring", injection, true, ROUNDS))
                .contains("thread pool instead of kernel AIO", "engine=THREAD_POOL")
                .contains("failed={} " + NOTHING_LOST);
    }

    /**
     * strace counts for each thread by itself. To guess a device the JDK may look at the path first
     * (25 does so by statx), and an error there changes nothing: so it is the second call of a
     * thread that fails, which is one for the open file, at the latest at the thread that opens
     * first.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    KERNEL;      io_submit:error=ENOMEM:when=3+7;   (read|write|fsync|fdatasync) ENOMEM
                    KERNEL;      fallocate:error=ENOSPC:when=1+2;   allocate ENOSPC
                    KERNEL;      openat:error=EMFILE:when=1+3;      (open|write) EMFILE
                    KERNEL;      statx:error=EIO:when=2+3;          (open|attributes) EIO
                    THREAD_POOL; pread64,fdatasync:error=EIO:when=2+3;   (read|fdatasync) EIO
                    THREAD_POOL; pwrite64,fsync:error=ENOSPC:when=2+3;   (write|fsync) ENOSPC
                    THREAD_POOL; pwrite64:retval=1:when=1+2;        write EIO
                    """)
    void whatFailsFailsAlone(String engine, String injection, String failures) throws Exception {
        boolean any = injection.startsWith("io_submit");
        assertThat(run(engine, "ring", injection, any, ROUNDS))
                .contains(NOTHING_LOST)
                .containsPattern("failed=\\{(" + failures + "=\\d+(, )?)+}");
    }

    /**
     * A submission that the kernel claims to have taken and has not is as one on a device that
     * hangs: its buffer may be the kernel's, so it stays out, and its context does not close. What
     * does not touch it goes on, and the JVM ends.
     */
    @Test
    void whatTheKernelHasLostStaysOut() throws Exception {
        String output = run("KERNEL", "ring", "io_submit:retval=1:when=3", true, 1);
        assertThat(output).contains("failed={} wrong=0 twice=0").contains("closed=false");
        assertThat(output).as("files").contains("unclosed=1");
        Matcher hung = HUNG.matcher(output);
        assertThat(hung.find()).isTrue();
        // A file's close waits for its own, an allocation for writes of the blocks, and a write
        // for those of the other kind beside it.
        long waiting = 2 + InjectedMain.WRITES;
        assertThat(Long.parseLong(hung.group(1))).isBetween(injected(), injected() + waiting);
    }
}
