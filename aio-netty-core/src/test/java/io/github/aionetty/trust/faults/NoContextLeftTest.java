// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.nativeaio.LibAio;
import io.github.aionetty.support.ChildJvm;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Another process takes every kernel AIO context that {@code fs.aio-max-nr} allows, for a moment:
 * seen from the other one, this is that process.
 */
@Timeout(120)
class NoContextLeftTest {
    private static final long SETTLING_MILLIS = 100;

    private final List<Long> taken = new ArrayList<>();

    /** Until nothing comes back any more: the kernel frees contexts some time after their end. */
    private void takeAll() throws InterruptedException {
        int before;
        do {
            before = taken.size();
            takeMore();
            Thread.sleep(SETTLING_MILLIS);
        } while (taken.size() > before);
    }

    private void takeMore() {
        for (int size = 32_768; size > 0; ) {
            long context = LibAio.instance().ioSetup(size);
            if (context > 0) {
                taken.add(context);
            } else {
                size /= 2;
            }
        }
    }

    private void giveBack() {
        taken.forEach(LibAio.instance()::ioDestroy);
        taken.clear();
    }

    private static List<String> untilItWaits(BufferedReader from) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line; (line = from.readLine()) != null && !line.equals("waiting"); ) {
            lines.add(line);
        }
        return lines;
    }

    private static List<String> goOn(Writer to, BufferedReader from) throws IOException {
        to.write("\n");
        to.flush();
        return untilItWaits(from);
    }

    @Test
    void whatThereIsGoesOnAndWhatComesUsesThreadsUntilOthersGiveBack() throws Exception {
        Path file = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "squeezed", ".bin");
        Files.write(file, Pattern.bytes(0, 100_000));
        Process child =
                new ProcessBuilder(new ChildJvm().command(SqueezedMain.class, file.toString()))
                        .redirectErrorStream(true)
                        .start();
        try (Writer to = child.outputWriter(StandardCharsets.UTF_8);
                BufferedReader from =
                        new BufferedReader(
                                new InputStreamReader(
                                        child.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(untilItWaits(from)).last().isEqualTo("before: KERNEL");
            List<String> meanwhile;
            takeAll();
            try {
                meanwhile = goOn(to, from);
            } finally {
                giveBack();
            }
            assertThat(meanwhile)
                    .as("one warning")
                    .filteredOn(line -> line.contains("WARN"))
                    .singleElement()
                    .asString()
                    .contains("thread pool instead of kernel AIO", "raise fs.aio-max-nr to at");
            assertThat(meanwhile)
                    .last()
                    .asString()
                    .startsWith("meanwhile: THREAD_POOL, KERNEL: ")
                    .contains("io_setup failed: EAGAIN", "raise fs.aio-max-nr to at least");
            assertThat(goOn(to, from)).last().isEqualTo("after: KERNEL");
            to.write("\n");
            to.flush();
            assertThat(child.waitFor()).isZero();
        } finally {
            child.destroyForcibly().waitFor();
            giveBack();
            Files.delete(file);
        }
    }
}
