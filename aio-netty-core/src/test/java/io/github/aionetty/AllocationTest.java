// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.child.AllocationMain;
import io.github.aionetty.support.ChildJvm;
import io.github.aionetty.support.FileSystemsUnderTest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The promise forms allocate nothing in the steady state. In a JVM of its own, for the leak
 * detection of the other tests allocates a record for every buffer.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class AllocationTest {
    private static final int OPERATIONS = 100_000;

    @Test
    void theLoopAllocatesLessThanAByteForEachOperation() throws Exception {
        // Writes and syncs where they cost nothing, so that there can be many.
        boolean tmpfs = FileSystemsUnderTest.names().contains("tmpfs");
        FileSystemsUnderTest.requireDirect(FileSystemsUnderTest.anyDirectory());
        String reads = FileSystemsUnderTest.anyDirectory().toString();
        String others = tmpfs ? FileSystemsUnderTest.directory("tmpfs").toString() : reads;
        ChildJvm.Result result =
                new ChildJvm()
                        .option("-Dio.netty.leakDetection.level=disabled")
                        .run(AllocationMain.class, reads, others, "" + OPERATIONS);
        assertThat(result.exitCode()).as(result.output()).isZero();
        List<String> measured =
                result.output().lines().filter(line -> line.contains("bytes=")).toList();
        assertThat(measured).as(result.output()).hasSize(5);
        for (String line : measured) {
            Matcher bytes = Pattern.compile("operations=100000 bytes=(\\d+)$").matcher(line);
            assertThat(bytes.find()).as(line).isTrue();
            assertThat(Long.parseLong(bytes.group(1))).as(line).isLessThan(OPERATIONS);
        }
        System.out.println(String.join("\n", measured));
    }
}
