// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.function.Function;
import org.eclipse.jetty.http.ByteRange;

/**
 * Several ranges of a file as one body. They are read one after the other, so that it holds no more
 * memory than one of them would. What frames a part comes with its first or last bytes: neither a
 * packet of its own, nor before it is known that the part can be read.
 */
final class MultipartBody implements BodySource {
    private final MultipartLayout layout;
    private final Function<ByteRange, BodySource> opener;

    /** Which part is next, or being sent. */
    private int index;

    /** Its bytes; {@code null} before it has been begun. */
    private BodySource part;

    /** Some of them have been given. */
    private boolean begun;

    private boolean closed;

    /**
     * Reads nothing yet.
     *
     * @param opener gives the bytes of a range; closed by this
     */
    MultipartBody(MultipartLayout layout, Function<ByteRange, BodySource> opener) {
        this.layout = layout;
        this.opener = opener;
    }

    @Override
    public ByteBuf next(ByteBufAllocator allocator) throws Exception {
        if (closed || isAtEnd()) {
            return null;
        }
        if (part == null) {
            part = opener.apply(layout.ranges().get(index));
        }
        ByteBuf bytes = part.next(allocator);
        if (bytes == null) {
            return null;
        }
        byte[] before = begun ? null : layout.headers().get(index);
        begun = true;
        if (part.isAtEnd()) {
            closePart();
            index++;
        }
        return frame(allocator, before, bytes, isAtEnd() ? layout.end() : null);
    }

    private static ByteBuf frame(
            ByteBufAllocator allocator, byte[] before, ByteBuf bytes, byte[] after) {
        if (before == null && after == null) {
            return bytes;
        }
        CompositeByteBuf framed = allocator.compositeBuffer(3);
        try {
            if (before != null) {
                framed.addComponent(true, direct(allocator, before));
            }
            framed.addComponent(true, bytes.retain());
            if (after != null) {
                framed.addComponent(true, direct(allocator, after));
            }
            return framed.retain();
        } finally {
            framed.release();
            bytes.release();
        }
    }

    /** As the file's bytes are: of one heap buffer in it the socket would want a copy of all. */
    private static ByteBuf direct(ByteBufAllocator allocator, byte[] text) {
        return allocator.directBuffer(text.length).writeBytes(text);
    }

    @Override
    public boolean isAtEnd() {
        return index == layout.ranges().size();
    }

    private void closePart() {
        part.close();
        part = null;
        begun = false;
    }

    @Override
    public void close() {
        closed = true;
        if (part != null) {
            closePart();
        }
    }
}
