// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.examples.bench.Stamps;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are there for as long as they are measured. */
class ManyFilesTest {
    @TempDir Path parent;

    @Test
    void eachHasTheStampOfItsPlaceAmongAll() throws Exception {
        try (ManyFiles many = ManyFiles.make(parent, 3)) {
            List<Path> paths = ManyFiles.paths(many.directory, 3);
            assertThat(many.directory).isDirectoryNotContaining(each -> !paths.contains(each));
            for (int i = 0; i < paths.size(); i++) {
                byte[] bytes = Files.readAllBytes(paths.get(i));
                assertThat(bytes).hasSize(Lane.BLOCK);
                long stamp = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getLong();
                assertThat(stamp).isEqualTo(Stamps.at((long) i * Lane.BLOCK));
            }
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void moreThanMayBeOpenAreRefusedWithTheRemedy() {
        assertThat(ManyFiles.refusal(1)).isNull();
        assertThat(ManyFiles.refusal(800, 1000)).isNull();
        assertThat(ManyFiles.refusal(801, 1000)).contains("ulimit -n 1001", "--max-files 800");
    }
}
