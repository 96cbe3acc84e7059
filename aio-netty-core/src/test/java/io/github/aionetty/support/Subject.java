// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioOpenOption;
import io.netty.channel.EventLoop;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the contract holds for: a file system, direct or buffered, and one way of doing the I/O. */
public record Subject(String fileSystem, boolean direct, Way way) {

    /** How operations are performed and their completions taken. */
    public enum Way {
        /** Kernel AIO, completions from the mapped ring. */
        RING,
        /** Kernel AIO, completions by {@code io_getevents}. */
        SYSCALL,
        /** Helper threads, on a loop that is not epoll. */
        POOL
    }

    /** Every subject; for {@code @MethodSource}. */
    public static List<Subject> all() {
        List<Subject> all = new ArrayList<>();
        for (String fileSystem : FileSystemsUnderTest.names()) {
            for (boolean direct : new boolean[] {true, false}) {
                for (Way way : Way.values()) {
                    all.add(new Subject(fileSystem, direct, way));
                }
            }
        }
        return all;
    }

    public Path directory() {
        return FileSystemsUnderTest.directory(fileSystem);
    }

    public TestLoops loops(int count) {
        return way == Way.POOL ? TestLoops.nio(count) : TestLoops.epoll(count);
    }

    /** Makes the loop's context as this subject wants it. */
    public AioContext context(EventLoop loop) {
        String property = "io.github.aionetty.reap";
        System.setProperty(property, way == Way.SYSCALL ? "syscall" : "ring");
        try {
            AioEngine engine = way == Way.POOL ? AioEngine.AUTO : AioEngine.KERNEL;
            return AioContext.builder(loop).engine(engine).build();
        } finally {
            System.clearProperty(property);
        }
    }

    /** These options, and DIRECT if the subject is direct. */
    public OpenOption[] options(OpenOption... options) {
        if (!direct) {
            return options;
        }
        OpenOption[] more = Arrays.copyOf(options, options.length + 1);
        more[options.length] = AioOpenOption.DIRECT;
        return more;
    }

    @Override
    public String toString() {
        return fileSystem + (direct ? " direct " : " buffered ") + way;
    }
}
