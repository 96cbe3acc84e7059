// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.support.CountedPromise;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does the same work whatever the kernel says, checks every byte, and prints what came of it:
 * {@code done=… failed={…} wrong=… twice=… hung=… closed=… unclosed=…}. Its arguments: a file, the
 * engine, and how many rounds.
 */
public final class InjectedMain {
    private static final int FILE = 1 << 20;
    private static final int BLOCK = 4096;

    /** How long a context is watched that must not close. */
    private static final int CLOSE_SECONDS = 3;

    private static final int PART = 1234;
    private static final int READS = 24;

    /** Every other one of whole blocks. */
    static final int WRITES = 8;

    private static final OpenOption[] OPTIONS = {
        StandardOpenOption.READ, StandardOpenOption.WRITE, AioOpenOption.DIRECT
    };

    private static final long PATIENCE_SECONDS = Long.getLong("patience");

    private final byte[] content = Pattern.bytes(0, FILE);
    private final Map<String, Integer> failed = new TreeMap<>();
    private final AtomicInteger twice = new AtomicInteger();
    private final AioContext context;
    private final EventLoop loop;
    private int done;
    private int wrong;
    private int hung;
    private final List<Future<Void>> closes = new ArrayList<>();

    private InjectedMain(AioContext context) {
        this.context = context;
        this.loop = context.eventLoop();
    }

    /** Runs the work and ends the JVM. */
    public static void main(String[] arguments) throws Exception {
        AioEngine engine = AioEngine.valueOf(arguments[1]);
        boolean kernel = engine != AioEngine.THREAD_POOL;
        TestLoops loops = kernel ? TestLoops.epoll(1) : TestLoops.nio(1);
        AioContext context = AioContext.builder(loops.next()).engine(engine).build();
        InjectedMain work = new InjectedMain(context);
        System.out.println("engine=" + context.engine());
        for (int i = 0; i < Integer.parseInt(arguments[2]); i++) {
            work.round(Path.of(arguments[0]), i);
        }
        boolean closed =
                context.close()
                        .await(work.hung == 0 ? PATIENCE_SECONDS : CLOSE_SECONDS, TimeUnit.SECONDS);
        System.out.println(
                "done="
                        + work.done
                        + " failed="
                        + work.failed
                        + " wrong="
                        + work.wrong
                        + " twice="
                        + work.twice
                        + " hung="
                        + work.hung
                        + " closed="
                        + closed
                        + " unclosed="
                        + work.closes.stream().filter(close -> !close.isDone()).count());
        loops.close();
        // With what has not come back, a JVM ends all the same.
        System.exit(0);
    }

    private <T> Promise<T> promise() {
        return new CountedPromise<>(loop, twice::incrementAndGet);
    }

    private void round(Path path, int round) throws InterruptedException {
        AioFile file = await("open", context.open(path, OPTIONS));
        if (file == null) {
            return;
        }
        List<Future<ByteBuf>> reads = new ArrayList<>();
        List<Future<?>> others = new ArrayList<>();
        for (int i = 0; i < READS; i++) {
            reads.add(file.read(at(i), length(i), promise()));
        }
        for (int i = 0; i < WRITES; i++) {
            // What is there anyway: a write that was not made leaves no other content.
            long position = 256 * 1024 + i * BLOCK;
            int length = i % 2 == 0 ? BLOCK : PART;
            ByteBuf source = context.alloc().directBuffer(BLOCK);
            source.writeBytes(content, (int) position, length);
            others.add(file.write(source, position, this.<Integer>promise()));
        }
        others.add(file.fsync(promise()));
        others.add(file.fdatasync(promise()));
        others.add(file.allocate(0, FILE, promise()));
        others.add(file.size(promise()));
        for (int i = 0; i < READS; i++) {
            check(await("read", reads.get(i)), at(i), length(i));
        }
        for (Future<?> each : others) {
            Object value = await("other", each);
            if (value instanceof Integer written && written != BLOCK && written != PART) {
                wrong++;
                System.out.println("wrong: written " + written);
            }
        }
        Future<Void> closed = file.close();
        closes.add(closed);
        await("close", closed);
    }

    private static int at(int number) {
        return number * 37 * 512;
    }

    private static int length(int number) {
        return number % 3 == 0 ? 999 : 2 * BLOCK;
    }

    private void check(ByteBuf read, int position, int length) {
        if (read == null) {
            return;
        }
        try {
            Pattern.check(read, content, position, length);
        } catch (AssertionError e) {
            wrong++;
            System.out.println("wrong: " + e.getMessage());
        }
        read.release();
    }

    private <T> T await(String what, Future<T> future) throws InterruptedException {
        if (!future.await(hung == 0 ? PATIENCE_SECONDS : 1, TimeUnit.SECONDS)) {
            hung++;
            return null;
        }
        if (future.isSuccess()) {
            done++;
            return future.getNow();
        }
        Throwable cause = future.cause();
        String name =
                cause instanceof AioException error
                        ? error.operation() + ' ' + Errno.name(error.errno())
                        : what + ' ' + cause;
        failed.merge(name, 1, Integer::sum);
        return null;
    }
}
