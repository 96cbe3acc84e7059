// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import static io.github.aionetty.support.Futures.get;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Makes contexts before, while and after somebody else has taken all that the system has; each line
 * of its input lets it go on, and what it prints ends with {@code waiting}.
 */
public final class SqueezedMain {
    private static final int BYTES = 10_000;

    private SqueezedMain() {}

    /** With a file of bytes that say where they are. */
    public static void main(String[] arguments) throws Exception {
        BufferedReader input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (TestLoops loops = TestLoops.epoll(6)) {
            AioContext before = AioContext.of(loops.next());
            AioFile file = get(before.open(Path.of(arguments[0])));
            read(file);
            pause(input, "before: " + before.engine());
            AioContext auto = AioContext.of(loops.next());
            String kernel;
            try {
                AioContext.builder(loops.next()).engine(AioEngine.KERNEL).build();
                kernel = "none";
            } catch (RuntimeException e) {
                kernel = e.getMessage();
            }
            read(file);
            read(get(auto.open(Path.of(arguments[0]))));
            read(file.on(loops.next()));
            pause(input, "meanwhile: " + auto.engine() + ", KERNEL: " + kernel);
            AioContext after = AioContext.builder(loops.next()).engine(AioEngine.KERNEL).build();
            read(get(after.open(Path.of(arguments[0]))));
            read(file);
            pause(input, "after: " + after.engine());
        }
    }

    private static void read(AioFile file) {
        ByteBuf read = get(file.read(77, BYTES));
        Pattern.check(read, Pattern.bytes(77, BYTES), 0, BYTES);
        read.release();
    }

    private static void pause(BufferedReader input, String said) throws Exception {
        System.out.println(said);
        System.out.println("waiting");
        System.out.flush();
        input.readLine();
    }
}
