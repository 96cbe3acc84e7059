// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.blocking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.child.OneCarrierMain;
import io.github.aionetty.child.PinnedMain;
import io.github.aionetty.support.ChildJvm;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.VirtualThreads;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Virtual threads that wait for files keep no carrier; before Java 21 the same with others. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class VirtualThreadTest {
    private static final Path DIRECTORY = FileSystemsUnderTest.anyDirectory();

    private static String run(ChildJvm child, Class<?> main) throws Exception {
        ChildJvm.Result result = child.run(main, DIRECTORY.toString());
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    /** That the recording sees what is pinned is seen by a thread that pins itself. */
    @Test
    void aThousandThreadsReadAndNoneIsPinned() throws Exception {
        String output = run(new ChildJvm(), PinnedMain.class);
        assertThat(output)
                .contains("read=1000\n", "pinned here=0\n")
                .contains("pinned on purpose=" + (VirtualThreads.areThere() ? "seen" : "none"));
    }

    @Test
    void aThreadWhoseReadHangsLeavesTheOnlyCarrierToTheOthers() throws Exception {
        String output =
                run(
                        new ChildJvm()
                                .option("-Djdk.virtualThreadScheduler.parallelism=1")
                                .option("-Djdk.virtualThreadScheduler.maxPoolSize=1"),
                        OneCarrierMain.class);
        assertThat(output).contains("others=100\n", "hung=true\n", "then=4096\n");
    }
}
