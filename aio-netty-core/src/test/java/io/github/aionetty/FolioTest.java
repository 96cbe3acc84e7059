// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import static io.github.aionetty.support.Futures.get;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.support.Subject;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The page cache of ext4 (since Linux 6.16) and xfs is dirty in folios of many pages. A buffered
 * write beside a direct one that is in flight, of another page but of the same folio, would fail
 * fsync with EIO, and buffered readers would go on seeing the old bytes.
 */
@Timeout(120)
class FolioTest {
    private static final int PAGE = 4096;
    private static final int ROUNDS = 10;

    /** So much that it is in flight for a while, and then one page of a folio. */
    private static final int DIRECT = (16 << 20) + PAGE;

    private static final int AROUND = 512 * 1024;
    private static final int STEP = 2 * PAGE;

    static List<Subject> subjects() {
        return Subject.all().stream().filter(Subject::direct).toList();
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void aBufferedWriteBesideADirectOneInFlightLeavesItsPagesAlone(Subject subject)
            throws Exception {
        Path path = Files.createTempFile(subject.directory(), "folio", "");
        try (TestLoops loops = subject.loops(2)) {
            AioContext context = subject.context(loops.next());
            AioFile direct = get(context.open(path, subject.options(READ, WRITE)));
            AioFile buffered = get(subject.context(loops.next()).open(path, READ, WRITE));
            for (int i = 1; i <= ROUNDS; i++) {
                get(direct.truncate(0));
                get(direct.truncate(2 * DIRECT));
                round(direct, buffered, (byte) i);
            }
            get(direct.close());
            get(buffered.close());
        } finally {
            Files.delete(path);
        }
    }

    private static void round(AioFile direct, AioFile buffered, byte fill) throws Exception {
        ByteBuf bytes = Unpooled.directBuffer(DIRECT + PAGE);
        int from = PAGE - (int) (bytes.memoryAddress() & (PAGE - 1));
        bytes.setZero(0, bytes.capacity()).setIndex(from, from + DIRECT);
        bytes.setByte(from + DIRECT - 1, fill);
        Future<Integer> written = direct.write(bytes, 0);
        // Reading on and on makes the readahead large, and with it the folios.
        for (int at = DIRECT - AROUND; at < DIRECT + AROUND; at += STEP) {
            get(buffered.read(at, STEP)).release();
        }
        get(buffered.write(Unpooled.wrappedBuffer(new byte[] {fill}), DIRECT));
        assertThat(get(written)).isEqualTo(DIRECT);
        get(buffered.fsync());
        get(direct.fsync());
        ByteBuf seen = get(buffered.read(DIRECT - 1, 2));
        assertThat(seen.readByte()).as("the direct write's last byte").isEqualTo(fill);
        assertThat(seen.readByte()).as("the buffered write's only byte").isEqualTo(fill);
        seen.release();
    }
}
