// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.examples.bench.Stamps;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong bytes are found. */
class CheckTest {
    private static final int SIZE = 2 << 20;
    private static final int BLOCK = 8192;

    @TempDir Path directory;
    private final Memory memory = new Memory(BLOCK);
    private Path file;

    @BeforeEach
    void stampedFile() throws IOException {
        file = Files.createFile(directory.resolve("file"));
        Stamps.write(file, SIZE);
    }

    private void load(long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            assertThat(channel.read(memory.bytes.clear(), position)).isEqualTo(BLOCK);
        }
    }

    private void store(long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThat(channel.write(memory.bytes.clear(), position)).isEqualTo(BLOCK);
        }
    }

    @Test
    void aStampedFileIsKnownByBlocksAllOverIt() throws IOException {
        assertThat(Files.size(file)).isEqualTo(SIZE);
        assertThat(Stamps.areIn(file, SIZE)).isTrue();
        memory.bytes.clear().putLong(0, 1);
        store(0);
        assertThat(Stamps.areIn(file, SIZE)).isFalse();
        assertThat(Stamps.areIn(Files.write(file, new byte[SIZE]), SIZE)).isFalse();
        assertThat(Stamps.areIn(Files.write(file, new byte[1]), 1)).isFalse();
    }

    @Test
    void eachStampOfWhatWasReadHasToBeThere() throws IOException {
        StampCheck check = new StampCheck(memory, BLOCK);
        load(BLOCK);
        check.read(BLOCK, Memory.ADDRESS);
        assertThatIllegalStateException()
                .isThrownBy(() -> check.read(2 * BLOCK, Memory.ADDRESS))
                .withMessageContaining("" + 2 * BLOCK);
        memory.bytes.putLong(Stamps.BLOCK, 0);
        assertThatIllegalStateException().isThrownBy(() -> check.read(BLOCK, Memory.ADDRESS));
        assertThat(check.finish(file)).isEqualTo(1);
    }

    @Test
    void whatWasWrittenHasToBeInTheFile() throws IOException {
        StampCheck check = new StampCheck(memory, BLOCK);
        check.fill(BLOCK, Memory.ADDRESS);
        // Its stamps are there already, but not this run's.
        assertThatThrownBy(() -> check.finish(file)).isInstanceOf(IOException.class);
        store(BLOCK);
        assertThat(check.finish(file)).isEqualTo(1);
        assertThat(Stamps.areIn(file, SIZE)).isTrue();
    }

    @Test
    void aFileOfOthersIsReadOnceMore() throws IOException {
        SampleCheck check = new SampleCheck(memory, BLOCK);
        load(0);
        check.read(0, Memory.ADDRESS);
        load(3 * BLOCK);
        check.read(3 * BLOCK, Memory.ADDRESS);
        assertThat(check.finish(file)).isEqualTo(2);
        memory.bytes.put(BLOCK - 1, (byte) ~memory.bytes.get(BLOCK - 1));
        store(3 * BLOCK);
        assertThatThrownBy(() -> check.finish(file)).hasMessageContaining("" + 3 * BLOCK);
        assertThatIllegalStateException().isThrownBy(() -> check.fill(0, Memory.ADDRESS));
    }
}
