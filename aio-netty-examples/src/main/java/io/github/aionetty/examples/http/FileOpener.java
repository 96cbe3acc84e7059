// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioOpenOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.jetty.http.ByteRange;

/** Opens a file to be sent in an exchange, which closes it, or finds it open. */
final class FileOpener {
    private static final Set<OpenOption> BUFFERED = Set.of(StandardOpenOption.READ);
    private static final Set<OpenOption> DIRECT =
            Set.of(StandardOpenOption.READ, AioOpenOption.DIRECT);
    private static final Set<OpenOption> BUFFERED_NO_LINK =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> DIRECT_NO_LINK =
            Set.of(StandardOpenOption.READ, AioOpenOption.DIRECT, LinkOption.NOFOLLOW_LINKS);

    private final Exchange exchange;
    private final Disk disk;
    private final Path path;
    private final boolean followLinks;
    private final BiConsumer<AioFile, AioFileAttributes> opened;
    private final Consumer<Throwable> failed;
    private long seenSize;

    /**
     * Begins nothing yet.
     *
     * @param path below the root
     * @param followLinks those that stay inside
     * @param opened gets the file and its attributes
     * @param failed gets why not
     */
    FileOpener(
            Exchange exchange,
            Path path,
            boolean followLinks,
            BiConsumer<AioFile, AioFileAttributes> opened,
            Consumer<Throwable> failed) {
        this.exchange = exchange;
        this.disk = exchange.disk();
        this.path = path;
        this.followLinks = followLinks;
        this.opened = opened;
        this.failed = failed;
    }

    /**
     * Opens it, if it is not.
     *
     * @param seen what the name leads to
     */
    void open(AioFileAttributes seen) {
        seenSize = seen.size();
        boolean direct = disk.isDirect(seen, wanted(seen));
        AioFile cached =
                disk.cache().take(disk.tree(), path.toString(), direct, seen, exchange.loop());
        if (cached == null) {
            open(direct, direct);
        } else {
            exchange.closeAtEnd(cached);
            opened.accept(cached, seen);
        }
    }

    /** How many bytes of it the client asks for. */
    private long wanted(AioFileAttributes seen) {
        if (exchange.isHead()) {
            return 0;
        }
        List<String> header = exchange.request().headers().getAll(HttpHeaderNames.RANGE);
        if (header.isEmpty()) {
            return seen.size();
        }
        RangeHeader range = RangeHeader.of(header, seen.size());
        return range == RangeHeader.WHOLE
                ? seen.size()
                : range.ranges().stream().mapToLong(ByteRange::getLength).sum();
    }

    private void open(boolean direct, boolean wantedDirect) {
        exchange.then(
                disk.tree().on(exchange.loop()).open(path, options(direct)),
                file -> {
                    exchange.closeAtEnd(file);
                    if (direct && disk.goesByPageCache()) {
                        lookInPageCache(file);
                    } else {
                        look(file, wantedDirect);
                    }
                },
                AioFile::close,
                cause -> {
                    if (direct && refusesDirect(cause)) {
                        open(false, true);
                    } else {
                        failed.accept(cause);
                    }
                });
    }

    private Set<OpenOption> options(boolean direct) {
        if (followLinks) {
            return direct ? DIRECT : BUFFERED;
        }
        return direct ? DIRECT_NO_LINK : BUFFERED_NO_LINK;
    }

    /** File systems without O_DIRECT say EINVAL at open. */
    private static boolean refusesDirect(Throwable cause) {
        return cause instanceof AioException e && e.errno() == FailureStatus.EINVAL;
    }

    /**
     * Somebody else may have read or written it just now, who went through the page cache: then the
     * disk need not be asked.
     */
    private void lookInPageCache(AioFile file) {
        exchange.then(
                file.cached(0, Long.MAX_VALUE),
                cached -> {
                    if (cached * 2 >= seenSize) {
                        file.close();
                        open(false, true);
                    } else {
                        look(file, true);
                    }
                },
                late -> {},
                unknown -> look(file, true));
    }

    /** Of what was opened, not of the name: size, validators and bytes belong together. */
    private void look(AioFile file, boolean direct) {
        exchange.then(
                file.attributes(),
                attributes -> {
                    if (attributes.isRegularFile()) {
                        disk.cache().offer(disk.tree(), path.toString(), direct, file, attributes);
                    }
                    opened.accept(file, attributes);
                },
                late -> {},
                cause -> {
                    // Another one may be opened in its place, and then nobody else closes this.
                    file.close();
                    failed.accept(cause);
                });
    }
}
