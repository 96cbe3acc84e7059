// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.LastHttpContent;

/** What is to be known of HTTP, where netty-codec-http is there, which is optional. */
public final class HttpParts {
    private static final boolean PRESENT = isPresent();

    private HttpParts() {}

    private static boolean isPresent() {
        try {
            return Loaded.isContent(LastHttpContent.EMPTY_LAST_CONTENT);
        } catch (LinkageError e) {
            return false;
        }
    }

    /** Whether it is a part of a body. */
    public static boolean isContent(Object message) {
        return PRESENT && Loaded.isContent(message);
    }

    /** Whether a message begins with it, and perhaps ends. */
    public static boolean isHead(Object message) {
        return PRESENT && Loaded.isHead(message);
    }

    /** Whether it is the last part of a body. */
    public static boolean isLast(Object content) {
        return content instanceof LastHttpContent;
    }

    /** What the decoder has failed with, or {@code null}. */
    public static Throwable failure(Object content) {
        return ((HttpContent) content).decoderResult().cause();
    }

    /** Linked only where the classes are there. */
    private static final class Loaded {
        private Loaded() {}

        static boolean isHead(Object message) {
            return message instanceof HttpMessage;
        }

        static boolean isContent(Object message) {
            return message instanceof HttpContent;
        }
    }
}
