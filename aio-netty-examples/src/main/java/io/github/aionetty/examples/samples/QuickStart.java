// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Opens a file on an epoll loop, reads it, prints it, closes it. */
public final class QuickStart {
    private QuickStart() {}

    /**
     * Prints the first 4 KiB of a file.
     *
     * @param args the file
     * @throws Exception if it cannot be read
     */
    public static void main(String[] args) throws Exception {
        // snippet:begin
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            AioContext aio = AioContext.of(group.next());
            AioFile file = aio.open(Path.of(args[0])).get(); // blocks: we are not on the loop
            ByteBuf bytes = file.read(0, 4096).get();
            try {
                System.out.print(bytes.toString(StandardCharsets.UTF_8));
            } finally {
                bytes.release(); // whoever reads a buffer releases it
                file.close().sync();
            }
        } finally {
            group.shutdownGracefully();
        }
        // snippet:end
    }
}
