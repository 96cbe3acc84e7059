// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.trust.Disk;
import io.github.aionetty.trust.Length;
import io.github.aionetty.trust.Overlapping;
import io.github.aionetty.trust.Together;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The disk of a process that writes fails, from a random moment on every write, and then its power
 * is lost: what it could not keep must not have been reported.
 */
@Overlapping
@Timeout(value = 3, unit = TimeUnit.HOURS)
class FailingDiskTest {
    private static final int ROUNDS = Math.max(1, Length.ROUNDS / 5);
    private static final int LONGEST_MILLIS = 300;
    private static final int FAILING_MILLIS = 500;
    private static final long PATIENCE_MILLIS = 60_000;

    @Test
    void whatCouldNotBeKeptIsNotReported() throws Exception {
        Disk.require();
        Together.run(List.of("ext4", "xfs"), this::rounds);
    }

    private void rounds(String fileSystem) throws Exception {
        SplittableRandom random = new SplittableRandom(Length.SEED + fileSystem.hashCode());
        int reports = 0;
        long bytes = 0;
        List<String> refusals = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Ledger ledger = new Ledger(0);
            // One for each: what has failed once is not to be trusted again.
            try (Disk disk = Disk.with(fileSystem)) {
                bytes += round(disk, ledger, random, refusals);
            }
            reports += ledger.mark();
        }
        // Each round waits for one; how many more there are depends on the disk and the moment.
        assertThat(reports).isGreaterThanOrEqualTo(ROUNDS);
        Length.summary(
                "Failing disk",
                fileSystem,
                ROUNDS
                        + " rounds, "
                        + reports
                        + " reports, "
                        + refusals.size()
                        + " refusals, "
                        + bytes
                        + " bytes compared");
    }

    private static long round(
            Disk disk, Ledger ledger, SplittableRandom random, List<String> refusals)
            throws Exception {
        disk.cached(false);
        Path directory = Files.createTempDirectory(disk.directory(), "failing");
        disk.sync();
        List<Way> ways = List.of(Way.values());
        List<String> told;
        try (Writer writer = new Writer(directory, random.nextLong(), ledger, 1, ways)) {
            writer.awaitReport(0);
            Thread.sleep(random.nextInt(LONGEST_MILLIS));
            ledger.mayRefuse();
            disk.fail();
            ledger.awaitRefusal(PATIENCE_MILLIS);
            Thread.sleep(random.nextInt(FAILING_MILLIS));
            writer.kill();
            told = ledger.awaitRefusal(PATIENCE_MILLIS);
            refusals.addAll(told);
        }
        try (Disk.Snapshot snapshot = disk.afterFailure()) {
            Path back = snapshot.mount().resolve(directory.getFileName());
            try {
                return ledger.check(back, ledger.mark());
            } catch (AssertionError e) {
                // Who was told, and who was not.
                throw new AssertionError(
                        e.getMessage() + "; seed=" + Length.SEED + "; refusals: " + told, e);
            }
        }
    }
}
