// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.flow;

import static io.github.aionetty.support.Futures.get;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.AioFlow;
import io.github.aionetty.support.FileSystemsUnderTest;
import io.github.aionetty.support.TestLoops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowSubscriberBlackboxVerification;
import org.reactivestreams.tck.flow.FlowSubscriberWhiteboxVerification;

/** The rules of Reactive Streams for a file that is written. */
@Timeout(120)
class SubscriberTckTest {
    private final TestLoops loops = TestLoops.epoll(1);
    private final ConcurrentLinkedQueue<AioFileWriter> writers = new ConcurrentLinkedQueue<>();
    private Path path;
    private AioFile file;

    @BeforeEach
    void open() throws IOException {
        path = Files.createTempFile(FileSystemsUnderTest.anyDirectory(), "tck", "");
        file = get(AioContext.of(loops.next()).open(path, StandardOpenOption.WRITE));
    }

    @AfterEach
    void close() throws IOException {
        for (AioFileWriter each : writers) {
            get(each.abort());
        }
        loops.close();
        Files.delete(path);
    }

    private Flow.Subscriber<String> subscriber() {
        AioFileWriter writer = AioFileWriter.into(file, 0).durable(false).build();
        writers.add(writer);
        return new MappedSubscriber(AioFlow.subscriber(writer));
    }

    @TestFactory
    List<DynamicTest> everyRuleThatCanBeTestedFromTheOutsideHolds() throws Exception {
        return Tck.tests(Blackbox::new, 11);
    }

    @TestFactory
    List<DynamicTest> everyRuleThatCanBeTestedFromTheInsideHolds() throws Exception {
        return Tck.tests(Whitebox::new, 14);
    }

    /** Public, for the TCK's methods are called by reflection. */
    public final class Blackbox extends FlowSubscriberBlackboxVerification<String> {
        Blackbox() {
            super(new TestEnvironment(Tck.PATIENCE_MILLIS, Tck.QUIET_MILLIS, Tck.QUIET_MILLIS));
        }

        @Override
        public Flow.Subscriber<String> createFlowSubscriber() {
            return subscriber();
        }

        @Override
        public String createElement(int element) {
            return "element" + element;
        }
    }

    /** The same, where the TCK may ask and cancel in the subscriber's place. */
    public final class Whitebox extends FlowSubscriberWhiteboxVerification<String> {
        Whitebox() {
            super(new TestEnvironment(Tck.PATIENCE_MILLIS, Tck.QUIET_MILLIS, Tck.QUIET_MILLIS));
        }

        @Override
        protected Flow.Subscriber<String> createFlowSubscriber(
                WhiteboxSubscriberProbe<String> probe) {
            return new ProbedSubscriber<>(subscriber(), probe);
        }

        @Override
        public String createElement(int element) {
            return "element" + element;
        }
    }
}
