// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFileAttributes;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An open descriptor, shared by the handles that {@link io.github.aionetty.AioFile#on} makes and
 * closed with the last of them. The blocking methods are for helper threads.
 */
abstract class OpenFile {
    final Path path;
    final boolean direct;

    /** Position, length and memory of a direct read are multiples of this; 1 if not direct. */
    final int readAlignment;

    /** A write of whole units goes direct, any other through the page cache; 1 if not direct. */
    final int writeAlignment;

    final int memoryAlignment;

    /** What may hang together with this file: the helper lanes' key. */
    final Long device;

    /** What all who have opened this file share; {@code null} where nothing can be known. */
    final InodeState inode;

    final FileSystemKind kind;

    /** Learned: the file system refuses RWF_NOWAIT. A race only costs one more refusal. */
    volatile boolean nowaitRefused;

    /** The same for overwrites. */
    volatile boolean overwriteRefused;

    /** The next read may write the access time, and wait for it, whatever its flags. */
    volatile boolean touchesAccessTime;

    private final AtomicInteger users = new AtomicInteger(1);

    OpenFile(Path path, Alignment alignment, Long device, FileSystemKind kind, InodeState inode) {
        this.path = path;
        this.direct = alignment != null;
        this.readAlignment = direct ? alignment.read() : 1;
        this.writeAlignment = direct ? alignment.write() : 1;
        this.memoryAlignment = direct ? alignment.memory() : 1;
        this.device = device;
        this.kind = kind;
        this.inode = inode;
    }

    /** The units of a direct file. */
    record Alignment(int read, int write, int memory) {}

    /** One more handle; false if the last one is closed already. */
    final boolean retain() {
        int now;
        do {
            now = users.get();
            if (now == 0) {
                return false;
            }
        } while (!users.compareAndSet(now, now + 1));
        return true;
    }

    /** One handle less; true if it was the last and the caller has to {@link #close()}. */
    final boolean release() {
        return users.decrementAndGet() == 0;
    }

    /** Whether the kernel can be given this memory: one piece, outside of the heap. */
    static boolean isPlain(ByteBuf buffer) {
        return buffer.hasMemoryAddress() || (buffer.isDirect() && buffer.nioBufferCount() == 1);
    }

    /** Whether a transfer from or to this memory needs no copy. */
    final boolean suits(ByteBuf buffer, int index) {
        if (!isPlain(buffer)) {
            return false;
        }
        if (!direct) {
            return true;
        }
        if (buffer.hasMemoryAddress()) {
            return ((buffer.memoryAddress() + index) & (memoryAlignment - 1)) == 0;
        }
        return buffer.nioBuffer(index, 1).alignmentOffset(0, memoryAlignment) == 0;
    }

    /** The descriptor for kernel AIO, or -1 where there is none. */
    abstract int descriptor();

    /** The descriptor for the operation's current transfer, or −errno. May block. */
    abstract int descriptorFor(Operation operation);

    /** Whether writes are wanted by the open flags. */
    abstract boolean isWritable();

    /** Whether every write is a sync, too. */
    boolean syncsWrites() {
        return false;
    }

    /**
     * After a sync has succeeded: fails where the file system has shut down meanwhile, and may have
     * said yes all the same. Does not block.
     */
    void confirmSync(String operation) throws IOException {}

    /** Whether closing it cuts off what was allocated behind the data's end. */
    boolean allocatesAhead() {
        return false;
    }

    /** On a helper, before the operation's transfer: fetches what makes the next ones cheap. */
    void warmUp(Operation operation) {}

    /**
     * Performs the operation's current transfer by a blocking call.
     *
     * @return bytes, or −errno; where there is no errno, {@code operation.cause} is set too
     */
    abstract int perform(Operation operation);

    abstract void truncate(long size) throws IOException;

    abstract void allocate(long position, long length) throws IOException;

    abstract AioFileAttributes attributes() throws IOException;

    /** How many bytes of a range the page cache holds; 0 where nobody tells. Reads nothing. */
    long cached(long position, long length) throws IOException {
        return 0;
    }

    /**
     * Where data begins, at this position or behind it. A file without such knowledge is all data.
     *
     * @return -1 if there is none any more
     */
    long dataFrom(long position) throws IOException {
        return position < attributes().size() ? position : -1;
    }

    /** Where the data ends that is at this position: at a hole, or with the file. */
    long holeFrom(long position) throws IOException {
        return attributes().size();
    }

    /**
     * Has an empty file share all extents of another; false where that cannot be, and it is still
     * empty.
     */
    boolean shareExtentsOf(OpenFile source) throws IOException {
        return false;
    }

    /**
     * After a failed allocation up to {@code to}: sets the size back to {@code from}, if nobody
     * wrote behind it.
     *
     * @return where the file ends now, as far as it is ours
     */
    long giveBack(long from, long to) throws IOException {
        return from;
    }

    /** Closes the descriptors. */
    abstract void close() throws IOException;
}
