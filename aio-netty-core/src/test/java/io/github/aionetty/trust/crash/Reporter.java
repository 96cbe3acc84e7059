// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a writer tells the one that will kill it, a line a {@code write(2)}: what is told here has
 * left the process, and a pipe keeps it.
 */
final class Reporter {
    static final String BEGIN = "begin";
    static final String DONE = "done";
    static final String OPENED = "opened";
    static final String ECHO = "echo";
    static final String FAILED = "failed";

    /** When a change is reported. */
    enum When {
        /** Once it has been synced. */
        DURABLE,
        /** Once it has completed; nothing is synced, so that no sync hides a write that is late. */
        COMPLETED
    }

    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private final AtomicInteger versions;
    private final When when;

    Reporter(int firstVersion, When when) {
        versions = new AtomicInteger(firstVersion);
        this.when = when;
    }

    /** Whether a change is to be synced before it is reported. */
    boolean wantsSync() {
        return when == When.DURABLE;
    }

    /** Before the change is handed to the library: from now on it may or may not be there. */
    Change begin(Way way, Change.Kind kind, int position, int length) {
        Change change =
                new Change(way.ordinal(), versions.getAndIncrement(), kind, position, length);
        line(BEGIN + ' ' + change.words());
        return change;
    }

    /** The library has said that the change is durable, or has completed. */
    void done(Change change) {
        line(DONE + ' ' + change.file() + ' ' + change.version());
    }

    /** The size that the library tells of a file just opened. */
    void opened(Way way, long size) {
        line(OPENED + ' ' + way.ordinal() + ' ' + size);
    }

    /** All that was reported before the question has been read when this is. */
    void echo(String question) {
        line(ECHO + ' ' + question);
    }

    void failed(Way way, Throwable failure) {
        line(FAILED + ' ' + way + ' ' + failure.toString().replace('\n', ' '));
    }

    private synchronized void line(String line) {
        try {
            out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
