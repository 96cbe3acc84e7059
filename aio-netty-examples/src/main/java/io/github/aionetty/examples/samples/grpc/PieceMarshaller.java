// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.samples.grpc;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Bytes as they are. gRPC has no way for a server to give it a buffer: it copies each message into
 * its frames, and this has it do so in one piece. Neither side's buffer changes hands.
 */
final class PieceMarshaller implements Marshaller<ByteBuf> {
    @Override
    public InputStream stream(ByteBuf piece) {
        return new PieceStream(piece);
    }

    /** On the heap: whoever gets it need not release it. */
    @Override
    public ByteBuf parse(InputStream message) {
        try {
            return Unpooled.wrappedBuffer(message.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a known length, so that gRPC takes one buffer of that size. */
    private static final class PieceStream extends ByteBufInputStream
            implements KnownLength, Drainable {
        private final ByteBuf piece;

        PieceStream(ByteBuf piece) {
            super(piece);
            this.piece = piece;
        }

        @Override
        public int drainTo(OutputStream frames) throws IOException {
            int length = piece.readableBytes();
            piece.readBytes(frames, length);
            return length;
        }
    }
}
