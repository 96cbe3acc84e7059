// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.nativeaio.Iocb;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;

/** An operation that only carries the fields of its transfer. */
final class TestOperation extends Operation {
    /** A file that is a number. */
    static final class NumberedFile extends OpenFile {
        private final int fd;

        NumberedFile(int fd, Alignment alignment) {
            this(fd, alignment, null);
        }

        NumberedFile(int fd, Alignment alignment, InodeState inode) {
            super(Path.of("fd" + fd), alignment, HelperLane.CHORES, FileSystemKind.OTHER, inode);
            this.fd = fd;
        }

        @Override
        int descriptor() {
            return fd;
        }

        @Override
        boolean isWritable() {
            return false;
        }

        @Override
        int descriptorFor(Operation operation) {
            return fd;
        }

        @Override
        int perform(Operation operation) {
            throw new AssertionError();
        }

        @Override
        void truncate(long size) {
            throw new AssertionError();
        }

        @Override
        void allocate(long position, long length) {
            throw new AssertionError();
        }

        @Override
        AioFileAttributes attributes() {
            throw new AssertionError();
        }

        @Override
        void close() {
            throw new AssertionError();
        }
    }

    /** A read of {@code length} bytes at {@code position} into {@code memory}. */
    static TestOperation read(int slot, int fd, ByteBuf memory, int length, long position) {
        TestOperation operation = new TestOperation();
        operation.open = new NumberedFile(fd, null);
        operation.slot = slot;
        operation.transfer(Iocb.PREAD, memory, 0, length, position);
        return operation;
    }

    /** A direct read of nothing. */
    static TestOperation directRead(int slot, int fd) {
        return directRead(slot, fd, Unpooled.EMPTY_BUFFER, 0, null);
    }

    /** A direct read at the start of a file of which something can be learned. */
    static TestOperation directRead(
            int slot, int fd, ByteBuf memory, int length, InodeState inode) {
        TestOperation operation = read(slot, fd, memory, length, 0);
        operation.open = new NumberedFile(fd, new OpenFile.Alignment(512, 4096, 512), inode);
        return operation;
    }

    @Override
    boolean prepare() {
        return true;
    }

    @Override
    boolean advance(int transferred) {
        return true;
    }

    @Override
    Object value() {
        return null;
    }

    @Override
    void releaseBuffers() {}

    @Override
    void recycle() {}

    @Override
    String name() {
        return "test";
    }
}
