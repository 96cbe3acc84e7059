// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.support;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a class logs while this is open; expected warnings are not printed. */
public final class Logs implements AutoCloseable {
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final AppenderBase<ILoggingEvent> appender =
            new AppenderBase<>() {
                @Override
                protected void append(ILoggingEvent event) {
                    messages.add(event.getFormattedMessage());
                }
            };

    private Logs(String type) {
        logger = (Logger) LoggerFactory.getLogger(type);
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
    }

    /** Captures what a class of the implementation logs. */
    public static Logs ofInternal(String simpleName) {
        return new Logs("io.github.aionetty.internal." + simpleName);
    }

    /** Captures what a class logs. */
    public static Logs of(Class<?> type) {
        return new Logs(type.getName());
    }

    /** Also captures what is not logged otherwise. */
    public Logs at(Level level) {
        logger.setLevel(level);
        return this;
    }

    public List<String> messages() {
        return messages;
    }

    @Override
    public void close() {
        logger.setLevel(null);
        logger.setAdditive(true);
        logger.detachAppender(appender);
    }
}
