// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a file holds, without the library. */
final class PlainReads {
    private static final int BLOCK = 4096;

    private PlainReads() {}

    /**
     * The whole file. Space that was allocated ahead is read past the page cache: pages of it in
     * memory would look like data to {@code SEEK_DATA}, on ext4 and xfs, and whoever cuts it off
     * afterwards would have to keep it.
     */
    static byte[] all(Path file, boolean allocatedAhead) throws IOException {
        return allocatedAhead ? direct(file) : Files.readAllBytes(file);
    }

    private static byte[] direct(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, ExtendedOpenOption.DIRECT)) {
            byte[] content = new byte[Math.toIntExact(channel.size())];
            ByteBuffer whole =
                    ByteBuffer.allocateDirect(content.length + 2 * BLOCK).alignedSlice(BLOCK);
            int read = 0;
            while (read < content.length) {
                // A position within a block is past the end, and found out as such.
                int count = channel.read(whole.position(read), read);
                if (count < 0) {
                    throw new EOFException(file + " ends at " + read);
                }
                read += count;
            }
            whole.get(0, content);
            return content;
        }
    }
}
