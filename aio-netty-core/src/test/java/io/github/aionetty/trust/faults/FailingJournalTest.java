// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFiles;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.trust.Disk;
import io.github.aionetty.trust.Length;
import io.github.aionetty.trust.Overlapping;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many threads replace files and sync their directories while the disk fails below the journal:
 * those who were told that it is done find the new file.
 */
@Overlapping
@Timeout(3600)
class FailingJournalTest {
    private static final int THREADS = 16;
    private static final int SHORTEST_MILLIS = 100;
    private static final int LONGEST_MILLIS = 300;

    /** Replaces one file again and again, until that fails. */
    private static final class Replacer extends Thread {
        private final AioContext context;
        private final AioFiles files;
        private final Path directory;
        private int reported;
        private volatile Throwable failure;

        Replacer(AioContext context, Path directory) {
            this.context = context;
            this.files = AioFiles.of(context.eventLoop());
            this.directory = directory;
        }

        @Override
        public void run() {
            try {
                while (true) {
                    replace(reported + 1);
                    reported++;
                }
            } catch (Throwable t) {
                failure = t;
            }
        }

        private void replace(int number) {
            Path made = directory.resolve("new");
            AioFile file =
                    get(
                            context.open(
                                    made,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.TRUNCATE_EXISTING,
                                    StandardOpenOption.WRITE));
            ByteBuf content = Unpooled.copyInt(number);
            get(file.write(content, 0));
            get(file.fsync());
            get(file.close());
            CopyOption[] atomically = {StandardCopyOption.ATOMIC_MOVE};
            get(files.move(made, directory.resolve("current"), atomically));
            get(files.syncDirectory(directory));
        }

        void check(Path back) throws IOException {
            Path file = back.resolve(directory.getFileName()).resolve("current");
            int found =
                    reported == 0 ? 0 : Unpooled.wrappedBuffer(Files.readAllBytes(file)).readInt();
            assertThat(found)
                    .as("%s, of which %s were reported; then %s", file, reported, failure)
                    .isGreaterThanOrEqualTo(reported);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void whatWasReplacedIsReplaced(String fileSystem) throws Exception {
        Disk.require();
        SplittableRandom random = new SplittableRandom(Length.SEED);
        long reports = 0;
        for (int i = 0; i < Length.ROUNDS; i++) {
            try (Disk disk = Disk.with(fileSystem)) {
                disk.cached(false);
                reports += round(disk, random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
            }
        }
        assertThat(reports).isPositive();
        Length.summary(
                "Failing journal", fileSystem, Length.ROUNDS + " rounds, " + reports + " reports");
    }

    private static long round(Disk disk, int millis) throws Exception {
        Path directory = Files.createTempDirectory(disk.directory(), "journal");
        List<Replacer> replacers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Files.createDirectory(directory.resolve("" + i));
        }
        disk.sync();
        try (TestLoops loops = TestLoops.epoll(1)) {
            EventLoop loop = loops.next();
            AioContext context = AioContext.of(loop);
            for (int i = 0; i < THREADS; i++) {
                replacers.add(new Replacer(context, directory.resolve("" + i)));
            }
            replacers.forEach(Thread::start);
            Thread.sleep(millis);
            disk.fail();
            for (Replacer each : replacers) {
                each.join();
            }
        }
        try (Disk.Snapshot snapshot = disk.afterFailure()) {
            Path back = snapshot.mount().resolve(directory.getFileName());
            for (Replacer each : replacers) {
                each.check(back);
            }
        }
        return replacers.stream().mapToInt(each -> each.reported).sum();
    }
}
