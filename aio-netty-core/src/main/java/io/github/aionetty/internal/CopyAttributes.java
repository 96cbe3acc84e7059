// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.UserDefinedFileAttributeView;

/** Gives a copy the attributes of its source. On helpers. */
final class CopyAttributes {
    private static final int PERMISSIONS = 0777;
    private static final int SET_IDS = 07000;

    private CopyAttributes() {}

    /**
     * As {@code COPY_ATTRIBUTES} has it: the times must be had, the others where that is allowed.
     */
    static void apply(CopySource source, OpenName from, OpenName copy) throws IOException {
        // While it is still ours, and we may open it.
        tryTo(() -> copyUserAttributes(from, copy));
        Files.getFileAttributeView(copy.path(), BasicFileAttributeView.class, copy.links())
                .setTimes(source.modified(), source.accessed(), null);
        boolean owned = tryOwner(source, copy);
        // Set-id bits would lend the rights of whoever owns the copy instead.
        int mode = source.mode() & (owned ? SET_IDS | PERMISSIONS : PERMISSIONS);
        tryTo(() -> set(copy, "unix:mode", mode));
    }

    private static boolean tryOwner(CopySource source, OpenName copy) {
        // Apart: a group of one's own may be given also where the owner may not.
        boolean group = tryTo(() -> set(copy, "unix:gid", source.group()));
        return tryTo(() -> set(copy, "unix:uid", source.owner())) && group;
    }

    private static void set(OpenName copy, String attribute, int value) throws IOException {
        Files.setAttribute(copy.path(), attribute, value, copy.links());
    }

    private static void copyUserAttributes(OpenName from, OpenName copy) throws IOException {
        UserDefinedFileAttributeView source = userAttributes(from);
        UserDefinedFileAttributeView target = userAttributes(copy);
        if (source == null || target == null) {
            return;
        }
        for (String name : source.list()) {
            ByteBuffer value = ByteBuffer.allocate(source.size(name));
            source.read(name, value);
            target.write(name, value.flip());
        }
    }

    private static UserDefinedFileAttributeView userAttributes(OpenName name) {
        return Files.getFileAttributeView(
                name.path(), UserDefinedFileAttributeView.class, name.links());
    }

    /** What may be refused. */
    private interface Step {
        void run() throws IOException;
    }

    private static boolean tryTo(Step step) {
        try {
            step.run();
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            // The file system has none, or it is not ours to set: the copy goes without.
            return false;
        }
    }
}
