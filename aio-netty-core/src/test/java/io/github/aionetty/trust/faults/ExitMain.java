// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import io.github.aionetty.AioEngine;
import io.github.aionetty.support.TestLoops;
import java.nio.file.Path;

/** Ends its JVM under load, without closing anything; prints when. */
public final class ExitMain {
    private static final int WARM = 2_000;
    private static final int CODE = 7;

    private ExitMain() {}

    /** By {@code exit}, or by {@code halt}, on a file with an engine. */
    public static void main(String[] arguments) throws Exception {
        AioEngine engine = AioEngine.valueOf(arguments[1]);
        TestLoops loops = engine == AioEngine.KERNEL ? TestLoops.epoll(1) : TestLoops.nio(1);
        Load load = new Load(loops.next(), engine, Path.of(arguments[0]));
        load.await(WARM);
        System.out.println(System.currentTimeMillis());
        System.out.flush();
        if (arguments[2].equals("halt")) {
            Runtime.getRuntime().halt(CODE);
        }
        System.exit(CODE);
    }
}
