// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** What every 4 KiB of a file of ours begin with: where they belong, and who wrote them. */
public final class Stamps {
    /** So many bytes have a stamp. */
    public static final int BLOCK = 4096;

    private static final int PIECE = 1 << 20;
    private static final int PROBES = 64;

    private Stamps() {}

    /** The first eight bytes of a block: a hash of its position. */
    public static long at(long position) {
        long hash = (position / BLOCK + 1) * 0xd6e8feb86659fd93L;
        return (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L | 1;
    }

    /** Makes a file of stamped blocks, which nobody has written to yet, on the disk. */
    public static void write(Path path, long size) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE).order(ByteOrder.nativeOrder());
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            for (long at = 0; at < size; at += PIECE) {
                for (int i = 0; i < PIECE; i += Long.BYTES) {
                    // Nothing that a disk could make smaller.
                    piece.putLong(i, random.nextLong());
                }
                for (int i = 0; i < PIECE; i += BLOCK) {
                    piece.putLong(i, at(at + i)).putLong(i + Long.BYTES, 0);
                }
                piece.clear();
                while (piece.hasRemaining()) {
                    file.write(piece, at + piece.position());
                }
            }
            file.force(true);
        }
    }

    /** Whether blocks all over a file have their stamps: then it was made here. */
    public static boolean areIn(Path path, long size) throws IOException {
        long blocks = size / BLOCK;
        if (blocks == 0) {
            return false;
        }
        ByteBuffer word = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            for (int i = 0; i < PROBES; i++) {
                long position = (blocks - 1) * i / (PROBES - 1) * BLOCK;
                word.clear();
                if (file.read(word, position) != Long.BYTES || word.getLong(0) != at(position)) {
                    return false;
                }
            }
        }
        return true;
    }
}
