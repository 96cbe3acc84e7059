// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.TestLoops;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Paths as the kernel has them. */
@Timeout(30)
class PathBytesTest {

    private static String text(Path path) {
        return new String(PathBytes.of(path), StandardCharsets.ISO_8859_1);
    }

    @Test
    void plainNamesAreTheirBytes(@TempDir Path directory) throws IOException {
        for (String name : List.of("plain", "with space", "100%41%", "a+b?c#d;e=f&g", "'\"\\`$")) {
            Path file = Files.createFile(directory.resolve(name));
            assertThat(text(file)).isEqualTo(directory + "/" + name);
        }
    }

    @Test
    void relativePathsAreOfTheWorkingDirectory() {
        assertThat(text(Path.of("x"))).isEqualTo(Path.of("").toAbsolutePath() + "/x");
        assertThat(text(Path.of("a/../b"))).endsWith("/a/../b");
    }

    @Test
    void directoriesEndInNoSlash(@TempDir Path directory) {
        assertThat(text(directory)).isEqualTo(directory.toString());
        assertThat(text(Path.of("/"))).isEqualTo("/");
    }

    /** As a listing gives them: no text, but names of files all the same. */
    @Test
    void namesThatAreNoValidTextAreKeptAndCanBeOpened(@TempDir Path directory) throws Exception {
        Process shell =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "printf content > \"$(printf 'a\\377\\200 b%%z\\351')\"")
                        .directory(directory.toFile())
                        .inheritIO()
                        .start();
        assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).isZero();
        Path odd;
        try (Stream<Path> files = Files.list(directory)) {
            odd = files.toList().get(0);
        }
        assertThat(text(odd)).isEqualTo(directory + "/a\u00ff\u0080 b%z\u00e9");
        try (TestLoops loops = TestLoops.epoll(1)) {
            AioFile file = get(AioContext.of(loops.next()).open(odd));
            assertThat(get(file.size())).isEqualTo("content".length());
            get(file.close());
        }
        Files.delete(odd);
    }
}
