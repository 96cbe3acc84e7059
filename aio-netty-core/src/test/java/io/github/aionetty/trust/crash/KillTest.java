// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioContext;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.TestLoops;
import io.github.aionetty.trust.Length;
import io.github.aionetty.trust.Together;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process that writes is killed by {@code SIGKILL} at a random moment, and everything that it had
 * reported is there, byte for byte; nothing that was not written is; what was allocated ahead is
 * cut off when the file is opened and closed again; and the next process goes on with the same
 * files.
 *
 * <p>Two writers out of three report what has completed and sync nothing, the third reports what it
 * has synced. The kernel survives, and its page cache: what this can show is a write that completes
 * before the kernel has it, bytes next to it that suffer, and a recovery that cuts too much.
 * Whether a sync syncs is for {@link PowerLossTest} to say.
 */
@Timeout(value = 3, unit = TimeUnit.HOURS)
class KillTest {
    private static final int ROUNDS_OF_A_DIRECTORY = 8;
    private static final int LONGEST_MILLIS = 400;

    private TestLoops loops;
    private AioContext context;

    @Test
    void everythingReportedIsThere() throws Exception {
        List<Path> directories =
                List.of(
                        FileSystemsUnderTest.directory("ext4"),
                        FileSystemsUnderTest.directory("xfs"));
        loops = TestLoops.epoll(1);
        try {
            context = AioContext.of(loops.next());
            Together.run(directories, this::rounds);
        } finally {
            loops.close();
        }
    }

    private void rounds(Path fileSystem) throws Exception {
        SplittableRandom random = new SplittableRandom(Length.SEED + fileSystem.hashCode());
        Path directory = null;
        Ledger ledger = null;
        long reports = 0;
        long bytes = 0;
        try {
            for (int round = 0; round < Length.ROUNDS; round++) {
                if (round % ROUNDS_OF_A_DIRECTORY == 0) {
                    if (directory != null) {
                        Length.delete(directory);
                    }
                    directory = Files.createTempDirectory(fileSystem, "kill");
                    ledger = new Ledger(ledger == null ? 0 : ledger.nextVersion());
                }
                int before = ledger.mark();
                bytes += round(round, ledger, directory, random);
                reports += ledger.mark() - before;
            }
        } finally {
            if (directory != null) {
                Length.delete(directory);
            }
        }
        assertThat(reports).isGreaterThan(10L * Length.ROUNDS);
        Length.summary(
                "SIGKILL",
                fileSystem.getFileName().toString(),
                Length.ROUNDS + " rounds, " + reports + " reports, " + bytes + " bytes compared");
    }

    private static Reporter.When when(int round) {
        return round % 3 == 2 ? Reporter.When.DURABLE : Reporter.When.COMPLETED;
    }

    private long round(int round, Ledger ledger, Path directory, SplittableRandom random)
            throws Exception {
        int before = ledger.mark();
        try (Writer writer = new Writer(directory, random.nextLong(), ledger, when(round))) {
            writer.awaitReport(before);
            Thread.sleep(random.nextInt(LONGEST_MILLIS));
            writer.kill();
        }
        int mark = ledger.mark();
        long bytes = ledger.check(directory, mark);
        ledger.settle(directory);
        if (random.nextBoolean()) {
            // Else the next writer takes up what was allocated ahead.
            ledger.recover(context, directory, mark, true);
        }
        return bytes;
    }
}
