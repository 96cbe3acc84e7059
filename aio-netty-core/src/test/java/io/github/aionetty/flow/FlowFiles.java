// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.flow;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioBuffers;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.TestLoops;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Loops, and files on them. Closed without a buffer in use, or it fails. */
final class FlowFiles implements AutoCloseable {
    private final long used = AioBuffers.usedSlabMemory();
    private final List<Path> made = new ArrayList<>();
    final TestLoops loops = TestLoops.epoll(2);

    Path newPath() throws IOException {
        Path path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "flow", "");
        made.add(path);
        return path;
    }

    /** A new file of that content on the next loop. */
    AioFile open(byte[] content, boolean direct) throws IOException {
        return open(loops.next(), Files.write(newPath(), content), direct);
    }

    AioFile open(EventLoop loop, Path path, boolean direct) {
        OpenOption[] options =
                direct
                        ? new OpenOption[] {
                            StandardOpenOption.READ, StandardOpenOption.WRITE, AioOpenOption.DIRECT
                        }
                        : new OpenOption[] {StandardOpenOption.READ, StandardOpenOption.WRITE};
        return get(AioContext.of(loop).open(path, options));
    }

    /** What is in use beyond what was at the beginning. */
    long used() {
        return AioBuffers.usedSlabMemory() - used;
    }

    /** Fails if buffers stay in use. */
    void checkNothingIsUsed() {
        Awaitility.await()
                .untilAsserted(() -> assertThat(used()).as("used slabs").isLessThanOrEqualTo(0));
    }

    @Override
    public void close() throws IOException {
        loops.close();
        for (Path path : made) {
            Files.deleteIfExists(path);
        }
        checkNothingIsUsed();
    }
}
