// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.handler.codec.http2.Http2Exception;
import javax.net.ssl.SSLException;

/** What clients do wrong below HTTP's meaning. */
final class Protocols {
    private Protocols() {}

    /** Broken frames, TLS that is none: nothing that the operator could mend. */
    static boolean isClientsFault(Throwable cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (e instanceof SSLException || e instanceof Http2Exception) {
                return true;
            }
        }
        return false;
    }
}
