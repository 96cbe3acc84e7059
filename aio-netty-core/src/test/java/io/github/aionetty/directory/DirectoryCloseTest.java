// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.directory;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioDirectory;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.Resources;
import io.github.aionetty.support.TestLoops;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What is under way ends, what comes later fails, and nothing is left. */
@ParameterizedClass
@MethodSource("all")
class DirectoryCloseTest extends DirectoryContract {

    @Test
    void aClosedOneFailsAndItsFilesGoOn() {
        AioFile file = get(directory.open(Path.of("file")));
        get(directory.close());
        assertThat(directory.isOpen()).isFalse();
        Path name = Path.of("file");
        for (Future<?> future :
                List.of(
                        directory.open(name),
                        directory.attributes(name),
                        get(directory.eventLoop().submit(() -> directory.attributes(name))),
                        directory.openDirectory(name),
                        directory.list(),
                        directory.on(loops.next()).list())) {
            assertThat(failure(future))
                    .isInstanceOf(AioClosedException.class)
                    .hasMessageContaining(inside.toString());
        }
        get(directory.close());
        assertThat(get(file.size())).isEqualTo(6);
        get(file.close());
    }

    @Test
    void whatIsUnderWayIsWaitedFor() {
        List<Future<?>> under = new ArrayList<>();
        List<Future<AioFile>> opened = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            under.add(directory.attributes(Path.of("file")));
            under.add(directory.list());
            opened.add(directory.open(Path.of("sub/file")));
        }
        Future<Void> closed = directory.close();
        get(closed);
        under.forEach(each -> assertThat(each.isSuccess()).isTrue());
        opened.forEach(each -> get(get(each).close()));
    }

    @Test
    void manyLoopsUseItAtOnceAndAllIsGivenBack() {
        Resources before = Resources.now();
        try (TestLoops many = TestLoops.epoll(8)) {
            List<AioDirectory> handles = new ArrayList<>();
            List<Future<?>> futures = new ArrayList<>();
            List<Future<AioFile>> opened = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                AioDirectory handle = directory.on(many.next());
                handles.add(handle);
                handle.eventLoop()
                        .submit(
                                () -> {
                                    for (int n = 0; n < 100; n++) {
                                        handle.attributes(Path.of("file"));
                                    }
                                })
                        .syncUninterruptibly();
                for (int n = 0; n < 20; n++) {
                    futures.add(handle.attributes(Path.of("sub/file")));
                    futures.add(handle.list());
                    opened.add(handle.open(Path.of("sub/file")));
                }
            }
            for (AioDirectory handle : handles) {
                futures.add(handle.close());
            }
            futures.forEach(each -> get(each));
            opened.forEach(each -> get(get(each).close()));
        }
        Awaitility.await()
                .untilAsserted(
                        () -> Resources.now().checkNoMoreThan(before, "aio-netty-(meta|data)-.*"));
    }

    @Test
    void aDeletedOneHasNoNames() throws IOException {
        AioDirectory deeper = get(directory.openDirectory(Path.of("sub/deeper")));
        Files.delete(inside.resolve("sub/deeper"));
        assertThat(failure(deeper.open(Path.of("x"), NEW)))
                .isInstanceOf(java.nio.file.NoSuchFileException.class);
        assertThat(failure(deeper.attributes(Path.of("x"))))
                .isInstanceOf(java.nio.file.NoSuchFileException.class);
        get(deeper.close());
    }
}
