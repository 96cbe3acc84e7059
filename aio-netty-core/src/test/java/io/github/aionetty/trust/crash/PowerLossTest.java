// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.trust.Disk;
import io.github.aionetty.trust.Length;
import io.github.aionetty.trust.Together;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The disk of a process that writes loses its power at a random moment, and what comes back holds
 * everything that had been reported before, byte for byte, and nothing that was not written. {@link
 * Disk} says what of a power loss is real here: a volatile write cache that keeps what is not
 * flushed, and loses it. It has two limits: what is lost is lost in pages of 4096 bytes, so that no
 * sector is torn, and the cache below the file system is the kernel's, so that of the hardware's
 * lies there are none.
 *
 * <p>The process goes on: its disk is looked at, as of one moment, by a snapshot. One round in
 * three has no volatile cache; in one of three a part of the cache has reached the platter before
 * its turn.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class PowerLossTest {
    private static final int LOSSES_OF_A_WRITER = 3;
    private static final int WRITERS_OF_A_DIRECTORY = 4;
    private static final int LANES = 2;
    private static final int LONGEST_MILLIS = 200;

    private TestLoops loops;
    private AioContext context;

    @Test
    void everythingReportedComesBack() throws Exception {
        Disk.require();
        loops = TestLoops.epoll(1);
        try {
            context = AioContext.of(loops.next());
            Together.run(List.of("ext4", "xfs"), this::rounds);
        } finally {
            loops.close();
        }
    }

    /** What the rounds on one file system have in common. */
    private static final class Tally {
        final SplittableRandom random;
        int rounds;
        long reports;
        long bytes;
        int nextVersion;

        Tally(String fileSystem) {
            random = new SplittableRandom(Length.SEED + fileSystem.hashCode());
        }

        boolean goesOn() {
            return rounds < Length.ROUNDS;
        }
    }

    private void rounds(String fileSystem) throws Exception {
        Tally tally = new Tally(fileSystem);
        try (Disk disk = Disk.with(fileSystem)) {
            while (tally.goesOn()) {
                Path directory = Files.createTempDirectory(disk.directory(), "loss");
                disk.sync();
                Ledger ledger = new Ledger(tally.nextVersion);
                for (int i = 0; i < WRITERS_OF_A_DIRECTORY && tally.goesOn(); i++) {
                    writer(disk, directory, ledger, tally);
                }
                tally.reports += ledger.mark();
                tally.nextVersion = ledger.nextVersion();
                Length.delete(directory);
            }
        }
        assertThat(tally.reports).isGreaterThan(10L * Length.ROUNDS);
        Length.summary(
                "Power loss",
                fileSystem,
                tally.rounds
                        + " rounds, "
                        + tally.reports
                        + " reports, "
                        + tally.bytes
                        + " bytes compared");
    }

    /** A process, and the losses that it meets with. */
    private void writer(Disk disk, Path directory, Ledger ledger, Tally tally) throws Exception {
        int mark = ledger.mark();
        long seed = tally.random.nextLong();
        try (Writer writer = new Writer(directory, seed, ledger, LANES, ways(tally))) {
            for (int i = 0; i < LOSSES_OF_A_WRITER && tally.goesOn(); i++) {
                writer.awaitReport(mark);
                Thread.sleep(tally.random.nextInt(LONGEST_MILLIS));
                mark = loss(disk, directory, ledger, writer, tally);
                ledger.fold(mark);
                tally.rounds++;
            }
            writer.kill();
        }
        tally.bytes += ledger.check(directory, ledger.mark());
        disk.sync();
        ledger.settle(directory);
    }

    /** All of them, or one: where others sync all the time, a missing sync would hardly show. */
    private static List<Way> ways(Tally tally) {
        Way[] all = Way.values();
        return tally.random.nextBoolean()
                ? List.of(all)
                : List.of(all[tally.random.nextInt(all.length)]);
    }

    /** Gives the mark before which everything was held. */
    private int loss(Disk disk, Path directory, Ledger ledger, Writer writer, Tally tally)
            throws IOException, InterruptedException {
        int kind = tally.random.nextInt(3);
        disk.cached(kind > 0);
        if (kind == 1) {
            long from = tally.random.nextLong(Disk.BYTES);
            disk.destage(from, tally.random.nextLong(Disk.BYTES - from));
        }
        int mark = ledger.mark();
        try (Disk.Snapshot snapshot = disk.snapshot()) {
            // What was begun before the snapshot may be in it.
            writer.catchUp();
            Path back = snapshot.mount().resolve(directory.getFileName());
            tally.bytes += ledger.check(back, mark);
            ledger.recover(context, back, mark, false);
        }
        return mark;
    }
}
