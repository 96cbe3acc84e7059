// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.child.LoadMain;
import io.github.aionetty.child.WithoutLibraryMain;
import io.github.aionetty.support.ChildJvm;
import io.github.aionetty.support.FileSystemsUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the library without its native half: a class path as on other platforms. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LoadClassTest {
    private static boolean isOurLibrary(Path entry) {
        return ChildJvm.isNative(entry) && entry.toString().contains("aio-netty-native");
    }

    @Test
    void everyClassLoadsAndInitialises() throws Exception {
        ChildJvm.Result result = new ChildJvm().without(ChildJvm::isNative).run(LoadMain.class);
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).containsPattern("loaded: [1-9][0-9][0-9]");
    }

    /** epoll: Netty's native library is there, and ours alone is missing. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    void filesWorkByWayOfTheJdkAlone(String loops) throws Exception {
        Path directory =
                Files.createTempDirectory(FileSystemsUnderTest.anyDirectory(), "without-library");
        try {
            boolean epoll = loops.equals("epoll");
            ChildJvm.Result result =
                    new ChildJvm()
                            .without(epoll ? LoadClassTest::isOurLibrary : ChildJvm::isNative)
                            .option("-ea")
                            .option("-Dio.netty.leakDetection.level=paranoid")
                            .run(WithoutLibraryMain.class, directory.toString(), loops);
            assertThat(result.exitCode()).as(result.output()).isZero();
            assertThat(result.output())
                    .contains("all checked")
                    .contains("files are served by a thread pool instead of kernel AIO")
                    .doesNotContain("LEAK");
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
