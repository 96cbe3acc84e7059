// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.flow;

import static io.github.aionetty.support.Futures.get;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFlow;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.TestLoops;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;

/** The rules of Reactive Streams for a file that is published. */
@Timeout(120)
class PublisherTckTest {
    /** After it the subscriber must be forgotten; longer than chunks are kept for it. */
    private static final int FORGET_MILLIS = 1000;

    /** So many elements are a sparse file of 16 GiB. */
    private static final int CHUNK = 8;

    private final TestLoops loops = TestLoops.epoll(1);
    private Path path;
    private AioFile file;
    private AioFile ended;

    @BeforeEach
    void open() throws IOException {
        path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "tck", "");
        Files.write(path, "element1element2element3element4element5".getBytes());
        try (RandomAccessFile sparse = new RandomAccessFile(path.toFile(), "rw")) {
            sparse.setLength((long) CHUNK * Integer.MAX_VALUE);
        }
        file = get(AioContext.of(loops.next()).open(path));
        try (TestLoops others = TestLoops.epoll(1)) {
            ended = get(AioContext.of(others.next()).open(path));
        }
    }

    @AfterEach
    void close() throws IOException {
        loops.close();
        Files.delete(path);
    }

    @TestFactory
    List<DynamicTest> everyRuleThatCanBeTestedHolds() throws Exception {
        return Tck.tests(Verification::new, 31);
    }

    /** Public, for the TCK's methods are called by reflection. */
    public final class Verification extends FlowPublisherVerification<String> {
        Verification() {
            super(
                    new TestEnvironment(Tck.PATIENCE_MILLIS, Tck.QUIET_MILLIS, Tck.QUIET_MILLIS),
                    FORGET_MILLIS);
        }

        @Override
        public Flow.Publisher<String> createFlowPublisher(long elements) {
            return publisher(0, elements * CHUNK);
        }

        /** Of a file whose loop has ended. */
        @Override
        public Flow.Publisher<String> createFailedFlowPublisher() {
            return new MappedPublisher(AioFlow.publisher(ended, 0, CHUNK));
        }

        private Flow.Publisher<String> publisher(long offset, long length) {
            return new MappedPublisher(AioFlow.publisher(file, offset, length, CHUNK, 4));
        }

        @Override
        public long maxElementsFromPublisher() {
            return Integer.MAX_VALUE;
        }
    }
}
