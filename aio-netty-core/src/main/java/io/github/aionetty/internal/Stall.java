// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.nio.file.Path;

/**
 * An {@code io_submit} that kept a loop, as it is told outside of it: operations are used again.
 *
 * @param verdict whether it has blocked at all
 * @param position where the suspect's transfer begins
 * @param batch how many operations the call has dealt with
 * @param nanos how long it took
 * @param loop the loop's thread
 */
record Stall(
        String operation,
        Path path,
        String fileSystem,
        StallCause cause,
        StallVerdict verdict,
        long position,
        int length,
        int batch,
        long nanos,
        String loop) {
    /** In words, with what else it may have been. */
    String likelyCause() {
        return cause.cause + verdict.doubt;
    }
}
