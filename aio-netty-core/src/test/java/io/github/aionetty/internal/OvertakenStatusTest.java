// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import static io.github.aionetty.internal.RoutedFiles.BLOCK;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFile;
import io.github.aionetty.nativeaio.LibAio;
import io.netty.util.concurrent.Future;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The kernel's answers about a file that writes of ours have overtaken: nobody has cut it. */
@Timeout(60)
class OvertakenStatusTest {
    private static final int BLOCKS = 16;

    /** Answers the first statx with what was so before an append to the file. */
    private static void appendAtFirstStatx(RoutedFiles files, Runnable append) {
        AtomicBoolean first = new AtomicBoolean(true);
        files.intercept(
                (call, arguments) -> {
                    if (!call.equals("statx") || !first.getAndSet(false)) {
                        return null;
                    }
                    int answer = LibAio.instance().statx((int) arguments[0], (long) arguments[1]);
                    append.run();
                    return answer;
                });
    }

    private static InodeState inode(AioFile file) {
        return ((DefaultAioFile) file).open.inode;
    }

    private static void checkKnown(InodeState inode, int version) {
        assertThat(inode.knownSize()).isEqualTo((BLOCKS + 1) * BLOCK);
        assertThat(inode.version()).as("what is mapped was forgotten").isEqualTo(version);
        assertThat(inode.isMapped(0, BLOCKS * BLOCK)).isTrue();
    }

    @Test
    void attributesThatAnAppendOvertakesForgetNothing() throws Exception {
        RoutedFiles.on(
                "ext4",
                files -> {
                    AioFile file = files.direct(files.written(BLOCKS));
                    files.write(file, 0);
                    InodeState inode = inode(file);
                    CountDownLatch appended = new CountDownLatch(1);
                    appendAtFirstStatx(
                            files,
                            () -> {
                                files.writing(file, BLOCKS).addListener(f -> appended.countDown());
                                await(appended);
                            });
                    int version = inode.version();
                    assertThat(get(file.size())).isEqualTo(BLOCKS * BLOCK);
                    checkKnown(inode, version);
                });
    }

    @Test
    void anOpenThatAnAppendOvertakesForgetsNothing() throws Exception {
        RoutedFiles.on(
                "ext4",
                files -> {
                    Path path = files.written(BLOCKS);
                    AioFile file = files.direct(path);
                    files.write(file, 0);
                    InodeState inode = inode(file);
                    CountDownLatch appended = new CountDownLatch(1);
                    appendAtFirstStatx(
                            files,
                            () -> {
                                Future<Integer> write = files.writing(file, BLOCKS);
                                write.addListener(f -> appended.countDown());
                                await(appended);
                            });
                    int version = inode.version();
                    assertThat(inode(files.direct(path))).isSameAs(inode);
                    checkKnown(inode, version);
                });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
