// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

import io.github.aionetty.support.Pattern;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a file may contain: each byte one value, or one of three where operations have failed, and a
 * size between two bounds.
 */
final class FileModel {
    /** No file is longer. */
    private static final int LIMIT = 3 << 20;

    /** By seed; made once, for thousands of runs use them. */
    private static final Map<Integer, byte[]> CONTENTS = new ConcurrentHashMap<>();

    final Path path;
    private final byte[] value;

    /** Further values that bytes may have; {@code null} until one may. */
    private byte[] other;

    private byte[] third;
    private int least;
    private int most;

    FileModel(Path path, int limit) {
        this.path = path;
        value = new byte[limit];
    }

    /** The file as it is before the scenario begins. */
    FileModel with(byte[] content) throws IOException {
        Files.write(path, content);
        System.arraycopy(content, 0, value, 0, content.length);
        agree(0, content.length);
        least = content.length;
        most = content.length;
        return this;
    }

    static byte[] content(int position, int length, int seed) {
        byte[] all = CONTENTS.computeIfAbsent(seed, s -> Pattern.bytes(0, LIMIT, s));
        return Arrays.copyOfRange(all, position, position + length);
    }

    /** A write has ended. */
    void wrote(int position, byte[] bytes, boolean success) {
        int end = position + bytes.length;
        most = Math.max(most, end);
        if (!success) {
            loosen(position, bytes.length);
        }
        System.arraycopy(bytes, 0, value, position, bytes.length);
        if (success) {
            least = Math.max(least, end);
            agree(position, bytes.length);
        }
    }

    /** Makes room for one more value. */
    private void loosen(int position, int length) {
        if (other == null) {
            other = value.clone();
            third = value.clone();
        }
        System.arraycopy(other, position, third, position, length);
        System.arraycopy(value, position, other, position, length);
    }

    private void agree(int position, int length) {
        if (other == null) {
            return;
        }
        System.arraycopy(value, position, other, position, length);
        System.arraycopy(value, position, third, position, length);
    }

    /** A truncate has ended. */
    void truncated(int size, boolean success) {
        int rest = value.length - size;
        if (!success) {
            loosen(size, rest);
        }
        Arrays.fill(value, size, value.length, (byte) 0);
        if (success) {
            agree(size, rest);
        }
        least = success ? size : Math.min(least, size);
        most = success ? size : Math.max(most, size);
    }

    /** An allocate up to there has ended. */
    void allocated(int end, boolean success) {
        most = Math.max(most, end);
        if (success) {
            least = Math.max(least, end);
        }
    }

    private int clamp(int size, int position, int length) {
        return Math.max(0, Math.min(length, size - position));
    }

    /** What is wrong with a read that asked for so much; {@code null} if nothing is. */
    String check(int position, int asked, ByteBuf read) {
        int length = read.readableBytes();
        if (length < clamp(least, position, asked) || length > clamp(most, position, asked)) {
            return "read " + length + " bytes, with a size of " + least + " to " + most;
        }
        byte[] bytes = new byte[length];
        read.getBytes(read.readerIndex(), bytes);
        return check(position, bytes, length);
    }

    private String check(int position, byte[] bytes, int length) {
        if (Arrays.equals(value, position, position + length, bytes, 0, length)) {
            return null;
        }
        for (int i = 0; i < length; i++) {
            byte found = bytes[i];
            int at = position + i;
            boolean known = found == value[at];
            if (!known && !(other != null && (found == other[at] || found == third[at]))) {
                return "byte " + at + " is " + found + ", not " + value[at];
            }
        }
        return null;
    }

    String checkSize(long size) {
        return size >= least && size <= most
                ? null
                : "size " + size + " is not " + least + " to " + most;
    }

    /** What is wrong with the file that is there; {@code null} if nothing is. */
    String checkFile() throws IOException {
        byte[] found = Files.readAllBytes(path);
        String wrong = checkSize(found.length);
        if (wrong == null) {
            wrong = check(0, found, found.length);
        }
        return wrong == null ? null : path + ": " + wrong;
    }
}
