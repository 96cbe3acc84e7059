// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Where the access log's lines go. */
public final class AccessLogFile {
    private static final int QUEUE = 8192;

    private AccessLogFile() {}

    /**
     * Appends the lines of all servers of this process to a file, by a thread of its own: lines
     * that a slow disk does not take in time are dropped, since an event loop waits for nothing.
     *
     * @param file is made if it is not there
     * @throws IOException if it cannot be written
     */
    public static void open(Path file) throws IOException {
        Files.newByteChannel(
                        file,
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.APPEND)
                .close();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%msg%n");
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setEncoder(encoder);
        appender.start();
        AsyncAppender queue = new AsyncAppender();
        queue.setContext(context);
        queue.setQueueSize(QUEUE);
        queue.setDiscardingThreshold(0);
        queue.setNeverBlock(true);
        queue.addAppender(appender);
        queue.start();
        Logger logger = context.getLogger(AccessLog.LOGGER);
        logger.setAdditive(false);
        logger.addAppender(queue);
    }

    /** Writes what is waiting, at the end of the process. */
    public static void close() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(AccessLog.LOGGER).detachAndStopAllAppenders();
    }
}
