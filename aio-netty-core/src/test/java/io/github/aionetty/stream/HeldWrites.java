// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.stream;

import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Promise;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Queue;

/** A file whose writes complete when a test says so. All on its loop. */
final class HeldWrites {
    /** The file as a writer sees it. */
    final AioFile file;

    private final AioFile real;
    private final Queue<Runnable> held = new ArrayDeque<>();
    private long bytes;

    HeldWrites(AioFile real) {
        this.real = real;
        this.file =
                (AioFile)
                        Proxy.newProxyInstance(
                                AioFile.class.getClassLoader(),
                                new Class<?>[] {AioFile.class},
                                (proxy, method, arguments) -> {
                                    if (method.getName().equals("write")) {
                                        return hold(arguments);
                                    }
                                    try {
                                        return method.invoke(real, arguments);
                                    } catch (InvocationTargetException e) {
                                        throw e.getCause();
                                    }
                                });
    }

    @SuppressWarnings("unchecked")
    private Promise<Integer> hold(Object[] arguments) {
        ByteBuf src = (ByteBuf) arguments[0];
        long position = (long) arguments[1];
        Promise<Integer> promise = (Promise<Integer>) arguments[2];
        bytes += src.readableBytes();
        held.add(() -> real.write(src, position, promise));
        return promise;
    }

    /** How many wait. */
    int count() {
        return held.size();
    }

    /** How much was ever written. */
    long bytes() {
        return bytes;
    }

    /** Lets those go on that wait now. */
    void release() {
        for (int i = held.size(); i > 0; i--) {
            held.remove().run();
        }
    }
}
