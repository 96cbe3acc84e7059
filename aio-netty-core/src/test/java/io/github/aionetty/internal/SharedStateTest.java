// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.FakeKernel;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One open file on two loops: what they share is looked through, field by field, before reads and
 * overwrites, while they are in flight, and after them. Whatever is written for each of them, and
 * be it a count that goes up and down, would make the loops wait for each other's caches.
 */
@Timeout(60)
class SharedStateTest {
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 8;

    /** A loop's own, one of them for each handle. */
    private static final Set<Class<?>> OWN =
            Set.of(OverwriteGate.Count.class, DefaultAioContext.class, DefaultAioFile.class);

    private final TestLoops loops = TestLoops.epoll(2);
    private final List<FakeKernel> kernels = List.of(new FakeKernel(), new FakeKernel());
    private Path path;

    @AfterEach
    void close() throws Exception {
        loops.close();
        Files.deleteIfExists(path);
    }

    private AioContext context(EventLoop loop, FakeKernel kernel) {
        AioContext context =
                ((DefaultBuilder) AioContext.builder(loop))
                        .syscalls(kernel.syscalls())
                        .engine(AioEngine.KERNEL)
                        .build();
        RoutedFiles.withoutDetector((DefaultAioContext) context);
        return context;
    }

    private List<Future<?>> begin(AioFile file, boolean overwrites) {
        List<Future<?>> begun = new ArrayList<>();
        TestLoops.run(
                file.context().eventLoop(),
                () -> {
                    for (int i = 0; i < BLOCKS / 2; i++) {
                        long position = (long) i * BLOCK;
                        ByteBuf memory = file.context().alloc().directBuffer(BLOCK, BLOCK);
                        begun.add(
                                overwrites
                                        ? file.write(memory.writeZero(BLOCK), position)
                                        : file.read(memory, position)
                                                .addListener(f -> memory.release()));
                    }
                });
        return begun;
    }

    @ParameterizedTest
    @CsvSource({"ext4, false", "ext4, true", "xfs, false", "xfs, true"})
    void readsAndOverwritesWriteNothingThatLoopsShare(String fileSystem, boolean overwrites)
            throws Exception {
        Path directory = FileSystemsUnderTest.directory(fileSystem);
        FileSystemsUnderTest.requireDirect(directory);
        path = Files.createTempFile(directory, "shared", "");
        EventLoop first = loops.next();
        EventLoop second = loops.next();
        context(second, kernels.get(1));
        AioFile file =
                get(
                        context(first, kernels.get(0))
                                .open(
                                        path,
                                        StandardOpenOption.READ,
                                        StandardOpenOption.WRITE,
                                        AioOpenOption.DIRECT));
        get(
                file.write(
                        file.context()
                                .alloc()
                                .directBuffer(BLOCKS * BLOCK)
                                .writeZero(BLOCKS * BLOCK),
                        0));
        get(file.fsync());
        List<AioFile> handles = List.of(file, file.on(second));
        for (AioFile handle : handles) {
            // What a loop needs for itself it takes with its first ones.
            begin(handle, overwrites).forEach(future -> get(future));
        }
        Map<String, String> before = shared(file);
        kernels.forEach(FakeKernel::hold);
        List<Future<?>> begun = new ArrayList<>();
        handles.forEach(handle -> begun.addAll(begin(handle, overwrites)));
        assertThat(begun).as("in flight").noneMatch(Future::isDone);
        handles.forEach(
                handle -> assertThat(handle.context().metrics().inFlight()).isEqualTo(BLOCKS / 2));
        assertThat(shared(file)).as("in flight").isEqualTo(before);
        kernels.forEach(kernel -> kernel.release(false));
        begun.forEach(future -> get(future));
        assertThat(shared(file)).as("afterwards").isEqualTo(before);
        assertThat(before).as("fields found").hasSizeGreaterThan(30);
    }

    private static Map<String, String> shared(AioFile file) throws Exception {
        Map<String, String> fields = new TreeMap<>();
        walk("open", ((DefaultAioFile) file).open, new IdentityHashMap<>(), fields);
        // Written once a second.
        fields.keySet().removeIf(name -> name.endsWith(".freshUntil"));
        return fields;
    }

    /** Our own objects by their fields, others by what they say of themselves. */
    private static void walk(
            String name, Object object, Map<Object, String> seen, Map<String, String> fields)
            throws Exception {
        if (object == null || OWN.contains(object.getClass())) {
            return;
        }
        Class<?> type = object.getClass();
        if (type.isEnum() || !type.getName().startsWith("io.github.aionetty.internal.")) {
            fields.put(name, type.isArray() ? type.getSimpleName() : object.toString());
            return;
        }
        if (seen.put(object, name) != null) {
            return;
        }
        for (; type != null && type != Object.class; type = type.getSuperclass()) {
            if (!type.getName().startsWith("io.github.aionetty.")) {
                fields.put(name, object.toString());
                break;
            }
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    walk(name + '.' + field.getName(), field.get(object), seen, fields);
                }
            }
        }
    }
}
