// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file with a hole, and its copy: whole, or what there was before. */
final class CopyModel {
    private static final int HEAD = 70_000;
    private static final int TAIL = 5_001;

    final Path source;
    final Path target;
    private final boolean old;
    private boolean copied;

    /** Makes the source, and an old target if there is to be one. */
    CopyModel(Path source, long size, Path target, boolean old) throws IOException {
        this.source = source;
        this.target = target;
        this.old = old;
        try (FileChannel channel =
                FileChannel.open(source, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(FileModel.content(0, HEAD, 0)), 0);
            channel.write(ByteBuffer.wrap(FileModel.content(0, TAIL, 1)), size - TAIL);
            // Its blocks have their places then.
            channel.force(false);
        }
        if (old) {
            Files.write(target, FileModel.content(0, TAIL, 2));
        }
    }

    boolean replaces() {
        return old;
    }

    void copied(boolean success) {
        copied = success;
    }

    /** What is wrong in the end; {@code null} if nothing is. */
    String check() throws IOException {
        if (!copied) {
            if (Files.exists(target) != old) {
                return target + (old ? " is gone" : " is there") + " after a copy that failed";
            }
            byte[] before = FileModel.content(0, TAIL, 2);
            boolean same = !old || java.util.Arrays.equals(Files.readAllBytes(target), before);
            return same ? null : target + " has changed in a copy that failed";
        }
        long mismatch = Files.mismatch(source, target);
        return mismatch < 0 ? null : target + " differs from its source at " + mismatch;
    }
}
