// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written to control groups, with a directory in their place. */
class ThrottleTest {
    private static final String DEVICE = "7:13";

    @TempDir Path mounted;

    /** The parts of {@code /proc/self/cgroup} that do not matter. */
    private List<String> own;

    @BeforeEach
    void groups() {
        own = List.of("9:name=systemd:/", "7:cpu,blkio:/mine", "0::/its/own");
    }

    @Test
    void version1LimitsTheRootAndTheGroupOfThisProcess() throws Exception {
        List<Path> groups = List.of(mounted.resolve("blkio"), mounted.resolve("blkio/mine"));
        for (Path group : groups) {
            Files.createDirectories(group);
            Files.createFile(group.resolve(BlkioThrottle.READS));
            Files.createFile(group.resolve(BlkioThrottle.WRITES));
        }
        try (Throttle throttle = Throttle.find(mounted, own)) {
            throttle.limit(DEVICE, 20);
            assertLines(groups, "7:13 20");
            throttle.limit(DEVICE, 0);
            // A file of the kernel has no end to be cut off; this one shows the last line first.
            assertLines(groups, "7:13 0");
        }
    }

    private static void assertLines(List<Path> groups, String line) throws IOException {
        for (Path group : groups) {
            assertThat(group.resolve(BlkioThrottle.READS)).content().startsWith(line);
            assertThat(group.resolve(BlkioThrottle.WRITES)).content().startsWith(line);
        }
    }

    @Test
    void version1DoesWithoutAGroupThatItCannotSee() throws Exception {
        Path root = Files.createDirectories(mounted.resolve("blkio"));
        Files.createFile(root.resolve(BlkioThrottle.READS));
        Files.createFile(root.resolve(BlkioThrottle.WRITES));
        try (Throttle throttle = Throttle.find(mounted, own)) {
            assertThat(throttle).isEqualTo(new BlkioThrottle(List.of(root)));
        }
    }

    @Test
    void version2LimitsAGroupOfItsOwn() throws Exception {
        Path before = version2("cpuset cpu io memory");
        Path group = Files.createDirectories(mounted.resolve("aio-netty-slow"));
        Files.createFile(group.resolve("io.max"));
        Files.createFile(group.resolve("cgroup.procs"));
        String pid = String.valueOf(ProcessHandle.current().pid());
        Throttle throttle = Throttle.find(mounted, own);
        assertThat(mounted.resolve("cgroup.subtree_control")).hasContent("+io");
        assertThat(group.resolve("cgroup.procs")).hasContent(pid);
        throttle.limit(DEVICE, 20);
        assertThat(group.resolve("io.max")).hasContent("7:13 riops=20 wiops=20");
        throttle.limit(DEVICE, 0);
        assertThat(group.resolve("io.max")).content().startsWith("7:13 riops=max wiops=max");
        // The kernel's directory goes with its files in it; this one does not.
        Files.delete(group.resolve("io.max"));
        Files.delete(group.resolve("cgroup.procs"));
        throttle.close();
        assertThat(before.resolve("cgroup.procs")).hasContent(pid);
        assertThat(group).doesNotExist();
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThatThrownBy(() -> Throttle.find(mounted, own))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("run as root", "blkio", "io controller");
        version2("cpuset cpu memory");
        assertThatThrownBy(() -> Throttle.find(mounted, own)).isInstanceOf(IOException.class);
    }

    private Path version2(String controllers) throws IOException {
        Files.writeString(mounted.resolve("cgroup.controllers"), controllers + "\n");
        Files.createFile(mounted.resolve("cgroup.subtree_control"));
        Path before = Files.createDirectories(mounted.resolve("its/own"));
        Files.createFile(before.resolve("cgroup.procs"));
        return before;
    }
}
