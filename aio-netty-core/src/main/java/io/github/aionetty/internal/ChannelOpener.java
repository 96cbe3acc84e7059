// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import com.sun.nio.file.ExtendedOpenOption;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.nativeaio.Errno;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/** Opens JDK channels, on a helper, where there is no native library. */
final class ChannelOpener {
    private static final int MIN_BLOCK = 4096;

    private ChannelOpener() {}

    static OpenFile open(OpenRequest request) throws IOException {
        Path path = request.path;
        Set<OpenOption> options = new HashSet<>(request.options);
        if (request.directory != null) {
            path = request.directory.real("open", request.relative, request.follows());
            options.add(LinkOption.NOFOLLOW_LINKS);
        }
        checkKind(path);
        options.remove(AioOpenOption.DIRECT);
        // The JDK cannot allocate: the file grows by its writes.
        options.remove(AioOpenOption.ALLOCATE_AHEAD);
        if (!request.direct) {
            FileChannel channel = FileChannel.open(path, options, request.attributes);
            return new ChannelFile(
                    request.path, channel, null, null, inode(request, channel, MIN_BLOCK));
        }
        // The JDK deletes the name at the first open: here the second one is to find it, too.
        options.remove(StandardOpenOption.DELETE_ON_CLOSE);
        FileChannel buffered = FileChannel.open(path, options, request.attributes);
        FileChannel direct = null;
        try {
            Set<OpenOption> again = new HashSet<>();
            again.add(ExtendedOpenOption.DIRECT);
            for (OpenOption option : options) {
                if (option == StandardOpenOption.READ
                        || option == StandardOpenOption.WRITE
                        || option == LinkOption.NOFOLLOW_LINKS) {
                    again.add(option);
                }
            }
            direct = FileChannel.open(path, again);
            int block = (int) Math.max(MIN_BLOCK, Files.getFileStore(path).getBlockSize());
            InodeState inode = inode(request, direct, block);
            if (request.deleteOnClose) {
                Files.delete(path);
            }
            OpenFile.Alignment alignment = new OpenFile.Alignment(block, block, block);
            return new ChannelFile(request.path, direct, buffered, alignment, inode);
        } catch (UnsupportedOperationException e) {
            close(buffered, e);
            throw new AioException(
                    Errno.EINVAL,
                    "open",
                    request.path.toString(),
                    -1,
                    -1,
                    "this platform has no direct I/O; open without AioOpenOption.DIRECT");
        } catch (IOException | RuntimeException e) {
            close(buffered, e);
            if (direct != null) {
                close(direct, e);
            }
            throw e;
        }
    }

    private static void close(FileChannel channel, Exception cause) {
        try {
            channel.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Handles of one file made by {@code on()} share it; two opens of one file do not. */
    private static InodeState inode(OpenRequest request, FileChannel channel, int block)
            throws IOException {
        return request.write ? new InodeState(block, channel.size()) : null;
    }

    private static void checkKind(Path path) throws IOException {
        AioFileAttributes attributes;
        try {
            attributes = PathAttributes.of(path);
        } catch (NoSuchFileException e) {
            return;
        }
        if (attributes.isDirectory()) {
            throw Errors.of(-Errno.EISDIR, "open", path);
        }
        if (attributes.kind() == AioFileAttributes.Kind.OTHER) {
            throw new AioException(
                    Errno.EINVAL,
                    "open",
                    path.toString(),
                    -1,
                    -1,
                    "only regular files and block devices can be opened");
        }
    }
}
