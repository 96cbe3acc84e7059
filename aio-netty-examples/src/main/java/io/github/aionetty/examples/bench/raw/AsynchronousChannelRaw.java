// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.CompletionHandler;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/** The JDK's {@link AsynchronousFileChannel}, with a thread for each slot up to 32. */
final class AsynchronousChannelRaw extends ChannelRaw<AsynchronousFileChannel>
        implements CompletionHandler<Integer, Integer> {
    @Override
    AsynchronousFileChannel open(Path path, Set<OpenOption> options) throws IOException {
        return AsynchronousFileChannel.open(path, options, threads);
    }

    @Override
    void start(int slot, long position) {
        if (write) {
            channel.write(memory(slot), position, slot, this);
        } else {
            channel.read(memory(slot), position, slot, this);
        }
    }

    @Override
    public void completed(Integer count, Integer slot) {
        done(slot, count);
    }

    @Override
    public void failed(Throwable cause, Integer slot) {
        done(slot, -EIO);
    }
}
