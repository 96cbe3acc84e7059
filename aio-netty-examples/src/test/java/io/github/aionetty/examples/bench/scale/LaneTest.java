// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.AioFile;
import io.github.aionetty.examples.bench.Stamps;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a loop is made to do. */
@Timeout(60)
class LaneTest {
    private static final int DEPTH = 4;
    private static final int SEEN = 64;
    private static final int SIZE = 1 << 20;

    @TempDir Path directory;

    private final EventLoop loop = new DefaultEventLoop();

    @AfterEach
    void end() {
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS);
    }

    /** What becomes of a block that is written. */
    private interface Disk {
        void write(ByteBuf block, long position) throws IOException;
    }

    private AioFile file(Disk disk) {
        return Fakes.of(
                AioFile.class,
                (self, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("write");
                    ByteBuf block = (ByteBuf) arguments[0];
                    disk.write(block, (Long) arguments[1]);
                    block.release();
                    @SuppressWarnings("unchecked")
                    Promise<Integer> promise = (Promise<Integer>) arguments[2];
                    loop.execute(() -> promise.trySuccess(Lane.BLOCK));
                    return promise;
                });
    }

    private Lane overwrites(AioFile file, long blocks) {
        Lane lane = new Lane(loop, UnpooledByteBufAllocator.DEFAULT, DEPTH, true);
        lane.start(new AioFile[] {file}, blocks);
        return lane;
    }

    @Test
    void eachLaneGoesToOtherPlaces() throws Exception {
        assertThat(firstPlaces()).isNotEqualTo(firstPlaces());
    }

    private List<Long> firstPlaces() throws Exception {
        // Whatever does not fit any more is not kept.
        BlockingQueue<Long> positions = new LinkedBlockingQueue<>(SEEN);
        Lane lane = overwrites(file((block, position) -> positions.offer(position)), 1 << 20);
        List<Long> first = new ArrayList<>();
        while (first.size() < SEEN) {
            first.add(positions.take());
        }
        lane.stop();
        return first;
    }

    @Test
    void overwritesHaveToBeInTheFile() throws Exception {
        Path path = stampedFile();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            Lane lane =
                    stopped((block, position) -> block.getBytes(0, channel, position, Lane.BLOCK));
            lane.check(path);
        }
        assertThat(Stamps.areIn(path, SIZE)).isTrue();
    }

    @Test
    void overwritesThatAreNotThereAreFound() throws Exception {
        Path path = stampedFile();
        // Each block has its stamp already.
        Lane lane = stopped((block, position) -> {});
        assertThatThrownBy(() -> lane.check(path)).hasMessageContaining("not in the file");
    }

    private Path stampedFile() throws IOException {
        Path path = Files.createFile(directory.resolve("file"));
        Stamps.write(path, SIZE);
        return path;
    }

    /** A lane that has written for a while. */
    private Lane stopped(Disk disk) throws Exception {
        CountDownLatch some = new CountDownLatch(SEEN);
        Lane lane =
                overwrites(
                        file(
                                (block, position) -> {
                                    disk.write(block, position);
                                    some.countDown();
                                }),
                        SIZE / Lane.BLOCK);
        some.await();
        lane.stop();
        return lane;
    }
}
