// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFiles;
import io.github.aionetty.support.BoundedLoops;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A loop whose queue is full ends before what came back to it could be queued. */
@Timeout(30)
class BoundedLoopEndTest {
    @RepeatedTest(10)
    void everyPromiseCompletesAllTheSame(@TempDir Path directory) throws Exception {
        Path path = Files.createFile(directory.resolve("file"));
        BoundedLoops group = new BoundedLoops();
        EventLoop loop = group.next();
        AioFile file = get(AioContext.of(loop).open(path));
        CountDownLatch go = BoundedLoops.fillAndHold(loop);
        Promise<Path> name = GlobalEventExecutor.INSTANCE.newPromise();
        Promise<Void> closed = GlobalEventExecutor.INSTANCE.newPromise();
        AioFiles.of(loop).realPath(path, name);
        file.close(closed);
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        go.countDown();
        assertThat(group.terminationFuture().await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(name.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(name.getNow()).isEqualTo(path.toRealPath());
        assertThat(closed.isSuccess()).isTrue();
    }
}
