// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.faults;

import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.trust.Commands;
import io.github.aionetty.trust.Length;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Writers of every kind fill a file system together: what was reported is there, what does not fit
 * fails with {@code ENOSPC}, and once a file is cut writing goes on.
 */
@Timeout(600)
class FullDiskTest {
    private static final long ROOM = 24L << 20;
    private static final int FAILURES = 4;

    /** One file that is written from its start on, piece by piece. */
    private static final class Writer {
        final AioFile file;
        final int seed;
        private final int piece;
        private final boolean allocates;
        private int reported;
        private volatile int failures;

        Writer(AioFile file, int seed, int piece, boolean allocates) {
            this.file = file;
            this.seed = seed;
            this.piece = piece;
            this.allocates = allocates;
        }

        Future<?> begin(int number) {
            if (allocates && number % 2 == 0) {
                return file.allocate(reported, 4L * piece);
            }
            ByteBuf bytes = file.context().alloc().directBuffer(piece);
            return file.write(bytes.writeBytes(Pattern.bytes(reported, piece, seed)), reported);
        }

        void ended(Future<?> done, int number, boolean after) {
            if (!done.isSuccess()) {
                isNoSpace(done.cause());
                failures++;
            } else if (done.getNow() instanceof Integer written) {
                assertThat(written).isEqualTo(piece);
                reported += written;
            }
        }

        private void isNoSpace(Throwable failure) {
            assertThat(failure)
                    .isInstanceOf(AioException.class)
                    .hasMessageContaining(file.path().toString())
                    .hasMessageContaining("free space on the file system");
            assertThat(((AioException) failure).errno()).isEqualTo(Errno.ENOSPC);
        }

        /** What was reported, and behind it nothing but parts of what was not. */
        void check() {
            int size = (int) (long) get(file.size());
            assertThat(size).isGreaterThanOrEqualTo(reported);
            ByteBuf read = get(file.read(0, size + 1));
            byte[] found = new byte[read.readableBytes()];
            read.readBytes(found).release();
            assertThat(found.length).isEqualTo(size);
            byte[] written = Pattern.bytes(0, size, seed);
            int mismatch = Arrays.mismatch(found, 0, reported, written, 0, reported);
            assertThat(mismatch).as("of %s bytes reported", reported).isEqualTo(-1);
            for (int i = reported; i < size; i++) {
                if (found[i] != written[i] && found[i] != 0) {
                    throw new AssertionError("byte of nobody at " + i + " of " + size);
                }
            }
        }

        @Override
        public String toString() {
            return reported + " bytes, " + failures + " refused";
        }
    }

    @ParameterizedTest
    @CsvSource({"ext4, KERNEL", "ext4, THREAD_POOL", "xfs, KERNEL", "xfs, THREAD_POOL"})
    void whatWasReportedIsThereAndTheRestFails(String fileSystem, AioEngine engine)
            throws Exception {
        boolean kernel = engine == AioEngine.KERNEL;
        try (ThinDisk disk = new ThinDisk(fileSystem)) {
            long free = Files.getFileStore(disk.directory()).getUnallocatedSpace();
            Path ballast = disk.directory().resolve("ballast");
            Commands.run("fallocate", "-l", Long.toString(free - ROOM), ballast.toString());
            for (int i = 0; i < Math.max(1, Length.ROUNDS / 5); i++) {
                try (TestLoops loops = kernel ? TestLoops.epoll(1) : TestLoops.nio(1)) {
                    AioContext context = AioContext.builder(loops.next()).engine(engine).build();
                    fill(context, disk.directory(), fileSystem + ' ' + engine);
                }
            }
        }
    }

    private static Writer writer(
            AioContext context, Path directory, int seed, int piece, AioOpenOption... more) {
        List<OpenOption> options = new ArrayList<>(List.of(more));
        options.add(StandardOpenOption.CREATE);
        options.add(StandardOpenOption.READ);
        options.add(StandardOpenOption.WRITE);
        Path path = directory.resolve("file" + seed);
        AioFile file = get(context.open(path, options.toArray(OpenOption[]::new)));
        return new Writer(file, seed, piece, seed == 3);
    }

    private static void fill(AioContext context, Path directory, String what) throws Exception {
        AioOpenOption direct = AioOpenOption.DIRECT;
        List<Writer> writers =
                List.of(
                        writer(context, directory, 0, 65_536, direct),
                        writer(context, directory, 1, 50_001),
                        writer(context, directory, 2, 30_000, direct),
                        writer(context, directory, 3, 65_536, direct),
                        writer(context, directory, 4, 65_536, direct, AioOpenOption.ALLOCATE_AHEAD),
                        writer(context, directory, 5, 4_096));
        Lanes lanes = new Lanes();
        for (Writer each : writers) {
            lanes.open("file" + each.seed, each::begin, each::ended);
        }
        Awaitility.await("a full disk")
                .atMost(Duration.ofMinutes(1))
                .until(() -> writers.stream().allMatch(each -> each.failures >= FAILURES));
        lanes.stop();
        System.out.println("Full disk, " + what + ": " + writers);
        for (Writer each : writers) {
            each.check();
            Future<Void> synced = each.file.fsync().awaitUninterruptibly();
            if (!synced.isSuccess()) {
                each.isNoSpace(synced.cause());
            }
        }
        goesOn(writers);
        for (Writer each : writers) {
            long size = get(each.file.size());
            get(each.file.close());
            assertThat(each.file.path()).hasSize(size);
            Files.delete(each.file.path());
        }
    }

    /** Cuts the largest one to nothing, so that there is room for the others. */
    private static void goesOn(List<Writer> writers) {
        Writer largest = Collections.max(writers, Comparator.comparingInt(each -> each.reported));
        get(largest.file.truncate(0));
        get(largest.file.fsync());
        largest.reported = 0;
        for (Writer each : writers) {
            byte[] bytes = Pattern.bytes(each.reported, each.piece, each.seed);
            int written = get(each.file.write(Unpooled.wrappedBuffer(bytes), each.reported));
            each.reported += written;
            get(each.file.fsync());
            each.check();
        }
    }
}
