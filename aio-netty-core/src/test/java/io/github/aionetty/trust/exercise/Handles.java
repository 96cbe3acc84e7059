// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.exercise;

import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.Subject;
import io.github.aionetty.support.TestLoops;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** The loops, and the handles that are open. */
final class Handles implements AutoCloseable {
    private static final int LOOPS = 3;

    /** Of one context, so that operations wait for a place in it. */
    private static final int FEW = 6;

    private static final String REAP = "io.github.aionetty.reap";

    private final SplittableRandom random;
    private final TestLoops loops;
    private final List<AioContext> contexts = new ArrayList<>();
    private final List<Handle> open = new ArrayList<>();
    private int opened;

    /** A file that is being opened. */
    record Opening(String name, boolean writable, Future<AioFile> file) {}

    Handles(Subject subject, SplittableRandom random) {
        this.random = random;
        loops = subject.loops(LOOPS);
        boolean pool = subject.way() == Subject.Way.POOL;
        System.setProperty(REAP, subject.way() == Subject.Way.SYSCALL ? "syscall" : "ring");
        try {
            for (int i = 0; i < LOOPS; i++) {
                AioContext.Builder builder = AioContext.builder(loops.next());
                builder.engine(pool ? AioEngine.AUTO : AioEngine.KERNEL);
                contexts.add(i == 0 ? builder.capacity(FEW).build() : builder.build());
            }
        } finally {
            System.clearProperty(REAP);
        }
    }

    /** Begins to open the file, in one of all ways. */
    Opening open(Path path, boolean writable) {
        Set<OpenOption> options = new HashSet<>(Set.of(READ));
        StringBuilder name = new StringBuilder("h").append(++opened);
        if (random.nextBoolean()) {
            options.add(AioOpenOption.DIRECT);
            name.append(" direct");
        }
        if (writable) {
            options.add(WRITE);
            name.append(" rw");
            int more = random.nextInt(8);
            if (more < 3 && !Boolean.getBoolean("noahead")) {
                options.add(AioOpenOption.ALLOCATE_AHEAD);
                name.append(" ahead");
            }
            if (more == 3 || more == 0) {
                options.add(DSYNC);
                name.append(" dsync");
            }
        }
        int loop = random.nextInt(LOOPS);
        name.append(" loop").append(loop);
        Future<AioFile> file = contexts.get(loop).open(path, options.toArray(OpenOption[]::new));
        return new Opening(name.toString(), writable, file);
    }

    Handle add(Opening opening, AioFile file) {
        Handle handle = new Handle(opening.name, file, opening.writable);
        open.add(handle);
        return handle;
    }

    /** One of the open files, for another loop. */
    void share() {
        Handle handle = any(false);
        int loop = random.nextInt(LOOPS);
        EventLoop other = contexts.get(loop).eventLoop();
        String name = "h" + ++opened + " as " + handle.name + " on loop" + loop;
        open.add(new Handle(name, handle.file.on(other), handle.writable));
    }

    /** Any open one; the first one is writable. */
    Handle any(boolean writable) {
        Handle handle = open.get(random.nextInt(open.size()));
        return writable && !handle.writable ? open.get(0) : handle;
    }

    /** Takes one out that is to be closed, but for the first; {@code null} if there is no other. */
    Handle removeAny() {
        return open.size() == 1 ? null : open.remove(1 + random.nextInt(open.size() - 1));
    }

    List<Handle> removeAll() {
        List<Handle> all = new ArrayList<>(open);
        open.clear();
        return all;
    }

    List<Handle> all() {
        return open;
    }

    @Override
    public void close() {
        loops.close();
    }
}
