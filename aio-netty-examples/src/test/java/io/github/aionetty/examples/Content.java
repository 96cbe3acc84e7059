// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** File content in which each byte follows from its position, so that any range can be checked. */
public final class Content {
    private Content() {}

    /** Writes a file of {@code size} bytes. */
    public static Path file(Path path, long size) throws IOException {
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(file, 0, size);
        }
        return path;
    }

    /** Writes a part of a file; what is left out of it stays a hole. */
    public static void write(FileChannel file, long position, long length) throws IOException {
        long end = position + length;
        ByteBuffer block = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = position; at < end; ) {
            long start = at & ~7L;
            block.clear();
            for (int i = 0; i < block.capacity(); i += 8) {
                block.putLong(i, word((start + i) >>> 3));
            }
            int skip = (int) (at - start);
            block.position(skip);
            block.limit((int) Math.min(block.capacity(), skip + end - at));
            long written = 0;
            while (block.hasRemaining()) {
                written += file.write(block, at + written);
            }
            at += written;
        }
    }

    /** The bytes from {@code position} on. */
    public static byte[] bytes(long position, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = at(position + i);
        }
        return bytes;
    }

    /** Fails unless {@code bytes} are those at {@code position}. */
    public static void check(byte[] bytes, int length, long position) {
        int i = 0;
        while (i < length) {
            long word = word((position + i) >>> 3) >>> ((position + i & 7) << 3);
            do {
                if (bytes[i] != (byte) word) {
                    fail("wrong byte at position=" + (position + i) + " of range=" + position);
                }
                word >>>= 8;
                i++;
            } while (i < length && (position + i & 7) != 0);
        }
    }

    private static byte at(long position) {
        return (byte) (word(position >>> 3) >>> ((position & 7) << 3));
    }

    /** The finalizer of SplitMix64: a bijection, so that no two words are alike. */
    private static long word(long index) {
        long z = (index + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
