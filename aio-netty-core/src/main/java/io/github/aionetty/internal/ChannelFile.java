// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.nativeaio.Errno;
import io.github.aionetty.nativeaio.Iocb;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A JDK channel, where there is no native library: other operating systems and processors. Partial
 * blocks of a direct file go through a second, buffered channel; {@code allocate} only sets the
 * size, since the JDK cannot reserve space.
 */
final class ChannelFile extends OpenFile {
    /** What may hang together is not known here: all of them count as one device. */
    private static final Long CHANNELS = HelperLane.CHORES + 1;

    private final FileChannel channel;

    /** Beside a direct channel; {@code null} otherwise. */
    private final FileChannel buffered;

    ChannelFile(
            Path path,
            FileChannel channel,
            FileChannel buffered,
            Alignment alignment,
            InodeState inode) {
        super(path, alignment, CHANNELS, FileSystemKind.OTHER, inode);
        this.channel = channel;
        this.buffered = buffered;
    }

    @Override
    int descriptor() {
        return -1;
    }

    @Override
    int descriptorFor(Operation operation) {
        return -Errno.EBADF;
    }

    @Override
    boolean isWritable() {
        return inode != null;
    }

    @Override
    int perform(Operation operation) {
        try {
            return transfer(operation);
        } catch (IOException | RuntimeException e) {
            operation.cause = e;
            return -Errno.EIO;
        }
    }

    private int transfer(Operation operation) throws IOException {
        FileChannel used = operation.viaBuffered && buffered != null ? buffered : channel;
        switch (operation.opcode) {
            case Iocb.PREAD:
                return Math.max(0, used.read(view(operation), operation.transferPosition));
            case Iocb.PWRITE:
                return used.write(view(operation), operation.transferPosition);
            default:
                used.force(operation.opcode == Iocb.FSYNC);
                return 0;
        }
    }

    private static ByteBuffer view(Operation operation) {
        return operation.memory.nioBuffer(operation.memoryIndex, operation.transferLength);
    }

    @Override
    void confirmSync(String operation) throws IOException {
        // Nobody uses the position. On XFS it cannot be set any more from the shutdown on.
        channel.position(1);
    }

    @Override
    void truncate(long size) throws IOException {
        if (size <= channel.size()) {
            channel.truncate(size);
        } else {
            grow(size);
        }
    }

    @Override
    void allocate(long position, long length) throws IOException {
        if (position + length > channel.size()) {
            grow(position + length);
        }
    }

    private void grow(long size) throws IOException {
        FileChannel used = buffered == null ? channel : buffered;
        used.write(ByteBuffer.allocate(1), size - 1);
    }

    @Override
    AioFileAttributes attributes() throws IOException {
        AioFileAttributes named = PathAttributes.of(path);
        return new AioFileAttributes(
                channel.size(),
                named.lastModifiedTime(),
                named.inode(),
                named.device(),
                named.kind());
    }

    @Override
    void close() throws IOException {
        try {
            channel.close();
        } finally {
            if (buffered != null) {
                buffered.close();
            }
        }
    }
}
