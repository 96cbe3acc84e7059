// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The file systems under test: the directory that {@code scripts/testfs} made, given by the system
 * property {@code aionetty.test.fs}; without it the temporary directory alone. In CI none may be
 * missing.
 */
public final class FileSystemsUnderTest {
    private static final String ROOT = System.getProperty("aionetty.test.fs", "");
    private static final List<String> MOUNTED = List.of("ext4", "xfs", "btrfs", "tmpfs", "overlay");

    /** Where tests run that has no {@code aionetty.test.fs}: whatever it is. */
    private static final String TEMPORARY = "temporary";

    private FileSystemsUnderTest() {}

    /** Names for {@link #directory}. */
    public static List<String> names() {
        return ROOT.isEmpty() && !inCi() ? List.of(TEMPORARY) : MOUNTED;
    }

    /** The directory of a name of {@link #names}. */
    public static Path directory(String name) {
        if (name.equals(TEMPORARY)) {
            return Path.of(System.getProperty("java.io.tmpdir"));
        }
        Path directory = Path.of(ROOT, name);
        require(!ROOT.isEmpty() && Files.isDirectory(directory), "file system " + name);
        return directory;
    }

    /** A directory of a real file system, where one is mounted. */
    public static Path anyDirectory() {
        return directory(names().get(0));
    }

    /** As {@link #require}: that files of a directory can be opened past the page cache. */
    public static void requireDirect(Path directory) throws IOException {
        Path probe = Files.createTempFile(directory, "direct", "");
        boolean accepted = true;
        try {
            FileChannel.open(probe, StandardOpenOption.READ, ExtendedOpenOption.DIRECT).close();
        } catch (IOException | UnsupportedOperationException e) {
            accepted = false;
        } finally {
            Files.delete(probe);
        }
        require(accepted, "direct I/O on " + directory);
    }

    /** Skips the test on a laptop, and fails it in CI, where something is missing. */
    public static void require(boolean there, String what) {
        if (!there && inCi()) {
            throw new AssertionError("missing in CI: " + what);
        }
        assumeTrue(there, "missing: " + what);
    }

    private static boolean inCi() {
        return "true".equals(System.getenv("CI"));
    }
}
