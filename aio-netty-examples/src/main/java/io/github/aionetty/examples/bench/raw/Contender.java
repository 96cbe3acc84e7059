// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.raw;

import bench.RawContender;
import io.github.aionetty.Aio;
import io.github.aionetty.examples.bench.AioRaw;
import io.github.aionetty.examples.bench.Reasons;
import io.netty.channel.uring.IoUring;
import java.util.function.Supplier;

/** Who takes part. */
enum Contender {
    AIO_NETTY("aio-netty", "aio-netty", AioRaw::new, Aio::unavailabilityCause),
    CHANNEL("afc", "AsynchronousFileChannel", AsynchronousChannelRaw::new, () -> null),
    POOL("pool", "FileChannel on threads", ThreadPoolRaw::new, () -> null),
    // No method references: to link them its classes would have to be there.
    IO_URING(
            "io_uring",
            "Netty io_uring",
            () -> new IoUringRaw(),
            () -> IoUring.unavailabilityCause());

    /** As options have it. */
    final String id;

    /** As people read it. */
    final String label;

    private final Supplier<RawContender> maker;
    private final Supplier<Throwable> unavailable;

    Contender(
            String id,
            String label,
            Supplier<RawContender> maker,
            Supplier<Throwable> unavailable) {
        this.id = id;
        this.label = label;
        this.maker = maker;
        this.unavailable = unavailable;
    }

    RawContender make() {
        return maker.get();
    }

    /** Why it cannot take part here; {@code null} if it can. */
    String missing() {
        try {
            Throwable cause = unavailable.get();
            return cause == null ? null : Reasons.of(cause);
        } catch (LinkageError e) {
            // Its jar is not on the class path.
            return Reasons.of(e);
        }
    }
}
