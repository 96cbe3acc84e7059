// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFileAttributes.Kind;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/** A path's attributes by way of the JDK, with device and inode where the platform has them. */
final class PathAttributes {
    private static final boolean UNIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    private static final int S_IFMT = 0xf000;
    private static final int S_IFBLK = 0x6000;

    private PathAttributes() {}

    static AioFileAttributes of(Path path, LinkOption... options) throws IOException {
        if (!UNIX) {
            BasicFileAttributes basic =
                    Files.readAttributes(path, BasicFileAttributes.class, options);
            return new AioFileAttributes(basic.size(), basic.lastModifiedTime(), 0, 0, kind(basic));
        }
        // One call, one stat: the parts belong together.
        Map<String, Object> all =
                Files.readAttributes(
                        path,
                        "unix:size,lastModifiedTime,ino,dev,mode,"
                                + "isRegularFile,isDirectory,isSymbolicLink",
                        options);
        Kind kind;
        if ((Boolean) all.get("isRegularFile")) {
            kind = Kind.REGULAR_FILE;
        } else if ((Boolean) all.get("isDirectory")) {
            kind = Kind.DIRECTORY;
        } else if ((Boolean) all.get("isSymbolicLink")) {
            kind = Kind.SYMBOLIC_LINK;
        } else {
            boolean block = ((Integer) all.get("mode") & S_IFMT) == S_IFBLK;
            kind = block ? Kind.BLOCK_DEVICE : Kind.OTHER;
        }
        return new AioFileAttributes(
                (Long) all.get("size"),
                (FileTime) all.get("lastModifiedTime"),
                (Long) all.get("ino"),
                (Long) all.get("dev"),
                kind);
    }

    private static Kind kind(BasicFileAttributes basic) {
        if (basic.isRegularFile()) {
            return Kind.REGULAR_FILE;
        }
        if (basic.isDirectory()) {
            return Kind.DIRECTORY;
        }
        if (basic.isSymbolicLink()) {
            return Kind.SYMBOLIC_LINK;
        }
        return Kind.OTHER;
    }
}
