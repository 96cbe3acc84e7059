// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.child;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.netty.buffer.ByteBuf;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.Future;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Overwrites the first blocks of a file again and again, until it is killed. */
public final class OverwriteMain {
    private static final int BLOCK = 4096;
    private static final int DEPTH = 16;

    private OverwriteMain() {}

    public static void main(String[] args) throws Exception {
        var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        AioContext context = AioContext.of(group.next());
        AioFile file =
                context.open(Path.of(args[0]), StandardOpenOption.WRITE, AioOpenOption.DIRECT)
                        .get();
        while (true) {
            List<Future<Integer>> round = new ArrayList<>();
            for (int i = 0; i < DEPTH; i++) {
                ByteBuf block = context.alloc().directBuffer(BLOCK).writeZero(BLOCK);
                round.add(file.write(block, (long) i * BLOCK));
            }
            for (Future<Integer> write : round) {
                write.get();
            }
            System.out.print('.');
            System.out.flush();
        }
    }
}
