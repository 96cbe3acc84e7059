// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** A file's attributes as its copy needs them; one look, so that the parts belong together. */
record CopySource(
        long size,
        boolean regular,
        boolean directory,
        int mode,
        int owner,
        int group,
        long device,
        long inode,
        FileTime modified,
        FileTime accessed) {
    private static final boolean UNIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");

    /** What its owner needs to make the copy, and to set its attributes. */
    private static final int LENT = 0600;

    /** Whether the platform tells all of it. */
    static boolean isKnown() {
        return UNIX;
    }

    static CopySource of(Path path, LinkOption... options) throws IOException {
        Map<String, Object> all =
                Files.readAttributes(
                        path,
                        "unix:size,isRegularFile,isDirectory,mode,uid,gid,dev,ino,"
                                + "lastModifiedTime,lastAccessTime",
                        options);
        return new CopySource(
                (Long) all.get("size"),
                (Boolean) all.get("isRegularFile"),
                (Boolean) all.get("isDirectory"),
                (Integer) all.get("mode"),
                (Integer) all.get("uid"),
                (Integer) all.get("gid"),
                (Long) all.get("dev"),
                (Long) all.get("ino"),
                (FileTime) all.get("lastModifiedTime"),
                (FileTime) all.get("lastAccessTime"));
    }

    static CopySource of(OpenName name) throws IOException {
        return of(name.path(), name.links());
    }

    boolean isSameFile(CopySource other) {
        return inode == other.inode && device == other.device;
    }

    /**
     * What the copy is created with, before the umask: its owner may open it meanwhile. Where it is
     * to get the source's owner it is nobody else's until then.
     */
    FileAttribute<?> permissions(boolean ownerFollows) {
        int bits = (ownerFollows ? mode & 0700 : mode) | LENT;
        return PosixFilePermissions.asFileAttribute(permissions(bits));
    }

    private static Set<PosixFilePermission> permissions(int bits) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            // OWNER_READ … OTHERS_EXECUTE are declared in the order of the mode's bits.
            if ((bits & 0400 >> permission.ordinal()) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }

    /** Takes the permissions from a finished copy that it was only lent. */
    void restrict(OpenName copy) throws IOException {
        if ((mode & LENT) != LENT) {
            PosixFileAttributeView view =
                    Files.getFileAttributeView(
                            copy.path(), PosixFileAttributeView.class, copy.links());
            Set<PosixFilePermission> permissions = view.readAttributes().permissions();
            permissions.removeAll(permissions(LENT & ~mode));
            view.setPermissions(permissions);
        }
    }
}
