// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.Futures;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Semaphore;

/**
 * Ends its JVM under load, without closing anything. Prints {@code wrote N} for each record of a
 * second file as soon as its write has completed, and {@code ends MILLIS} before it does.
 */
public final class ExitMain {
    static final String WROTE = "wrote ";
    static final String ENDS = "ends ";

    /** Each record has a place of its own, which nobody else has written before. */
    static final int PLACE = 8192;

    private static final int WARM = 2_000;
    private static final int RECORDS = 100;
    private static final int AHEAD = 100;
    private static final int CODE = 7;

    /** Unbuffered: what is said has left the process. Confined to the loop. */
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    private final Semaphore free = new Semaphore(AHEAD);
    private final AioFile file;

    /** Confined to the loop. */
    private int written;

    private ExitMain(EventLoop loop, Path path) {
        file =
                Futures.get(
                        AioContext.of(loop)
                                .open(
                                        path,
                                        StandardOpenOption.WRITE,
                                        StandardOpenOption.CREATE,
                                        AioOpenOption.DIRECT));
    }

    /** By {@code exit}, or by {@code halt}, on two files with an engine. */
    public static void main(String[] arguments) throws Exception {
        AioEngine engine = AioEngine.valueOf(arguments[2]);
        TestLoops loops = engine == AioEngine.KERNEL ? TestLoops.epoll(1) : TestLoops.nio(1);
        EventLoop loop = loops.next();
        Load load = new Load(loop, engine, Path.of(arguments[0]));
        load.await(WARM);
        ExitMain main = new ExitMain(loop, Path.of(arguments[1]));
        main.write(arguments[3].equals("halt"));
    }

    /** A whole block, which goes direct, or a part of one. */
    static byte[] content(int record) {
        return Pattern.bytes((long) record * PLACE, record % 2 == 0 ? 4096 : 777, 5);
    }

    private void write(boolean halts) {
        for (int i = 0; ; i++) {
            int record = i;
            free.acquireUninterruptibly();
            ByteBuf source = Unpooled.directBuffer(PLACE).writeBytes(content(record));
            file.write(source, (long) record * PLACE)
                    .addListener(
                            done -> {
                                if (done.isSuccess()) {
                                    wrote(record, halts);
                                }
                                free.release();
                            });
        }
    }

    /** Ends the JVM in the very moment in which a write has completed. */
    private void wrote(int record, boolean halts) throws IOException {
        say(WROTE + record);
        if (++written < RECORDS) {
            return;
        }
        say(ENDS + System.currentTimeMillis());
        if (halts) {
            Runtime.getRuntime().halt(CODE);
        }
        System.exit(CODE);
    }

    private void say(String line) throws IOException {
        out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
    }
}
