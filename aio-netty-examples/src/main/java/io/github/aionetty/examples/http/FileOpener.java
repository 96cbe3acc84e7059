// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioOpenOption;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Opens a file to be sent in an exchange, which closes it, and looks at what has been opened. */
final class FileOpener {
    /**
     * From here on a file goes past the page cache; smaller ones are likely to be asked for again.
     */
    static final long DIRECT_SIZE = 256 * 1024;

    // The path is a real one: a link in its place has been put there since.
    private static final Set<OpenOption> BUFFERED =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> DIRECT =
            Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS, AioOpenOption.DIRECT);

    private final Exchange exchange;
    private final Path path;
    private final BiConsumer<AioFile, AioFileAttributes> opened;
    private final Consumer<Throwable> failed;

    /**
     * Begins nothing yet.
     *
     * @param path a real one
     * @param opened gets the file and its attributes
     * @param failed gets why not
     */
    FileOpener(
            Exchange exchange,
            Path path,
            BiConsumer<AioFile, AioFileAttributes> opened,
            Consumer<Throwable> failed) {
        this.exchange = exchange;
        this.path = path;
        this.opened = opened;
        this.failed = failed;
    }

    void open(long size) {
        open(size >= DIRECT_SIZE ? DIRECT : BUFFERED);
    }

    private void open(Set<OpenOption> options) {
        exchange.then(
                AioContext.of(exchange.loop()).open(path, options),
                this::look,
                AioFile::close,
                cause -> {
                    if (options == DIRECT && refusesDirect(cause)) {
                        open(BUFFERED);
                    } else {
                        failed.accept(cause);
                    }
                });
    }

    /** File systems without O_DIRECT say EINVAL at open. */
    private static boolean refusesDirect(Throwable cause) {
        return cause instanceof AioException e && e.errno() == FailureStatus.EINVAL;
    }

    private void look(AioFile file) {
        exchange.closeAtEnd(file);
        exchange.then(
                file.attributes(),
                attributes -> opened.accept(file, attributes),
                late -> {},
                cause -> {
                    // Another one may be opened in its place, and then nobody else closes this.
                    file.close();
                    failed.accept(cause);
                });
    }
}
