// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.trust.Commands;
import io.github.aionetty.trust.Disk;
import io.github.aionetty.trust.Length;
import io.github.aionetty.trust.Teardown;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A file system shuts down in the middle of many syncs, and throws away what is not in its journal
 * yet: here that blocks which were allocated have been written. What a sync has reported is there.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class ShutDownFileSystemTest {
    private static final int ROUNDS = 4 * Length.ROUNDS;
    private static final int LANES = 8;
    private static final int RECORDS = 1024;
    private static final int RECORD = 4096;
    private static final long DISK_BYTES = 512L << 20;
    private static final int SHORTEST_MILLIS = 5;
    private static final int LONGEST_MILLIS = 60;
    private static final int PATIENCE_SECONDS = 30;

    private final Teardown teardown = new Teardown();
    private Path image;
    private Path mounted;

    /** Writes its part of the file record by record, the next one when the last is durable. */
    private static final class Lane {
        private final AioFile file;
        private final long start;
        private final int seed;
        private final boolean syncs;
        private final CountDownLatch ended;

        /** Written by the loop, read after the end. */
        private int reported;

        Lane(AioFile file, int number, int seed, boolean syncs, CountDownLatch ended) {
            this.file = file;
            this.start = (long) number * RECORDS * RECORD;
            this.seed = seed;
            this.syncs = syncs;
            this.ended = ended;
        }

        void next() {
            if (reported == RECORDS) {
                ended.countDown();
                return;
            }
            long position = start + (long) reported * RECORD;
            ByteBuf record = file.context().alloc().directBuffer(RECORD);
            record.writeBytes(Pattern.bytes(position, RECORD, seed));
            file.write(record, position).addListener(this::written);
        }

        private void written(Future<?> write) {
            if (syncs && write.isSuccess()) {
                Future<Void> sync = reported % 2 == 0 ? file.fdatasync() : file.fsync();
                sync.addListener(this::durable);
            } else {
                durable(write);
            }
        }

        private void durable(Future<?> done) {
            if (done.isSuccess()) {
                reported++;
                next();
            } else {
                ended.countDown();
            }
        }

        void check(RandomAccessFile found) throws IOException {
            byte[] all = new byte[reported * RECORD];
            found.seek(start);
            found.readFully(all);
            int mismatch = Arrays.mismatch(all, Pattern.bytes(start, all.length, seed));
            assertThat(mismatch)
                    .as("first byte lost, of %s records that were reported", reported)
                    .isEqualTo(-1);
        }
    }

    @BeforeEach
    void make() throws IOException {
        Disk.require();
        Path home = Files.createTempDirectory(FileSystemsUnderTest.directory("tmpfs"), "shut");
        teardown.add(() -> Files.delete(home));
        image = home.resolve("image");
        teardown.add(() -> Files.deleteIfExists(image));
        mounted = Files.createDirectory(home.resolve("mounted"));
        teardown.add(() -> Files.delete(mounted));
    }

    @AfterEach
    void remove() throws IOException {
        teardown.close();
    }

    private void format(String fileSystem) throws IOException {
        try (RandomAccessFile made = new RandomAccessFile(image.toFile(), "rw")) {
            made.setLength(DISK_BYTES);
        }
        if (fileSystem.equals("ext4")) {
            Commands.run("mkfs.ext4", "-q", "-F", image.toString());
        } else {
            Commands.run("mkfs.xfs", "-q", "-s", "size=" + RECORD, image.toString());
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private void whileMounted(String fileSystem, Work work) throws Exception {
        Path device = Commands.attach(image, false);
        try {
            Commands.run("mount", "-t", fileSystem, device.toString(), mounted.toString());
            try {
                work.run();
            } finally {
                Commands.patiently("umount", mounted.toString());
            }
        } finally {
            Commands.detach(device);
        }
    }

    @ParameterizedTest
    @CsvSource({"xfs, KERNEL", "xfs, THREAD_POOL", "ext4, KERNEL", "ext4, THREAD_POOL"})
    void whatASyncReportsIsThere(String fileSystem, AioEngine engine) throws Exception {
        SplittableRandom random = new SplittableRandom(Length.SEED);
        format(fileSystem);
        long reports = 0;
        for (int i = 1; i <= ROUNDS; i++) {
            List<Lane> lanes = new ArrayList<>();
            int seed = i;
            int millis = random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS);
            whileMounted(fileSystem, () -> round(engine, seed, millis, lanes));
            whileMounted(fileSystem, () -> check(lanes));
            reports += lanes.stream().mapToInt(each -> each.reported).sum();
        }
        assertThat(reports).isGreaterThan(ROUNDS);
        Length.summary(
                "Shut down, " + engine, fileSystem, ROUNDS + " rounds, " + reports + " reports");
    }

    private Path file() {
        return mounted.resolve("file");
    }

    private void check(List<Lane> lanes) throws IOException {
        try (RandomAccessFile found = new RandomAccessFile(file().toFile(), "r")) {
            for (Lane lane : lanes) {
                lane.check(found);
            }
        }
    }

    private void round(AioEngine engine, int seed, int millis, List<Lane> lanes) throws Exception {
        Files.deleteIfExists(file());
        Commands.run("fallocate", "-l", "" + (long) LANES * RECORDS * RECORD, file().toString());
        Commands.run("sync", "--file-system", mounted.toString());
        CountDownLatch ended = new CountDownLatch(LANES);
        boolean kernel = engine == AioEngine.KERNEL;
        try (TestLoops loops = kernel ? TestLoops.epoll(1) : TestLoops.nio(1)) {
            AioContext context = AioContext.builder(loops.next()).engine(engine).build();
            AioFile plain = open(context);
            AioFile syncing = open(context, StandardOpenOption.DSYNC);
            for (int i = 0; i < LANES; i++) {
                boolean syncs = i % 4 != 0;
                lanes.add(new Lane(syncs ? plain : syncing, i, seed, syncs, ended));
            }
            context.eventLoop().execute(() -> lanes.forEach(Lane::next));
            Thread.sleep(millis);
            Commands.run("xfs_io", "-x", "-c", "shutdown", mounted.toString());
            assertThat(ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    private AioFile open(AioContext context, OpenOption... more) {
        List<OpenOption> options = new ArrayList<>(List.of(more));
        options.add(StandardOpenOption.WRITE);
        options.add(AioOpenOption.DIRECT);
        return get(context.open(file(), options.toArray(OpenOption[]::new)));
    }
}
