// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.directory;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioDirectory;
import io.github.aionetty.AioFileWriter;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A directory stays open until its last handle is closed, whatever becomes of its name. */
@ParameterizedClass
@MethodSource("held")
class HeldDirectoryTest extends DirectoryContract {

    /** Another directory takes its name. */
    private Path replaceIt() throws IOException {
        Path moved = tree.resolve("moved");
        Files.move(inside, moved);
        Files.createDirectory(inside);
        Files.writeString(inside.resolve("file"), "another");
        return moved;
    }

    @Test
    void itStaysTheSameWhereItsNameIsAnothers() throws IOException {
        Path moved = replaceIt();
        assertThat(read("file")).isEqualTo("inside");
        assertThat(get(directory.list())).containsExactly(Path.of("file"), Path.of("sub"));
        get(get(directory.open(Path.of("new"), NEW)).close());
        assertThat(moved.resolve("new")).isEmptyFile();
        assertThat(inside.resolve("new")).doesNotExist();
        assertThat(get(directory.attributes(Path.of(""))).inode())
                .isEqualTo(Files.getAttribute(moved, "unix:ino"));
    }

    @Test
    void aFileIsReplacedInItAndNowhereElse() throws IOException {
        Path moved = replaceIt();
        Path target = directory.descriptorPath().resolve("file");
        AioFileWriter writer = AioFileWriter.replacing(directory.eventLoop(), target).build();
        writer.write(Unpooled.copiedBuffer("anew", StandardCharsets.UTF_8));
        get(writer.finish());
        assertThat(moved.resolve("file")).hasContent("anew");
        assertThat(inside.resolve("file")).hasContent("another");
        assertThat(get(directory.list())).containsExactly(Path.of("file"), Path.of("sub"));
    }

    @Test
    void theDescriptorGoesWithTheLastHandle() throws IOException {
        Path descriptor = directory.descriptorPath();
        EventLoop other = loops.next();
        AioDirectory second = directory.on(other);
        assertThat(second.eventLoop()).isSameAs(other);
        assertThat(second.descriptorPath()).isEqualTo(descriptor);
        get(directory.close());
        assertThat(descriptor.toRealPath()).isEqualTo(inside.toRealPath());
        assertThat(read(second.open(Path.of("file")))).isEqualTo("inside");
        get(second.close());
        assertThat(Files.exists(descriptor)).isFalse();
    }
}
