// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioException;
import io.github.aionetty.nativeaio.Errno;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;

/**
 * Looks up a path beneath a directory link by link, by the rules of openat2, where there is none.
 * What it finds may be another file by the time it is used. On helpers.
 */
final class LinkWalk {
    /** As many as the kernel follows. */
    private static final int MAX_LINKS = 40;

    private final String operation;
    private final Path root;
    private final Path shown;
    private final ArrayDeque<Path> left = new ArrayDeque<>();
    private Path at;
    private int links;

    private LinkWalk(String operation, Path root, Path shown) {
        this.operation = operation;
        this.root = root;
        this.shown = shown;
        at = root;
    }

    /**
     * The real path; its last name may be missing.
     *
     * @param root a real path
     * @param relative what is looked for
     * @param follow whether the last name may be a link
     * @param shown the name in errors
     */
    static Path resolve(String operation, Path root, Path relative, boolean follow, Path shown)
            throws IOException {
        return new LinkWalk(operation, root, shown).walk(relative, follow);
    }

    private Path walk(Path relative, boolean follow) throws IOException {
        push(relative);
        while (!left.isEmpty()) {
            String name = left.peek().toString();
            Path next = left.pop();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                up();
                continue;
            }
            Path found = at.resolve(next);
            boolean last = left.isEmpty();
            if ((!last || follow) && Files.isSymbolicLink(found)) {
                follow(Files.readSymbolicLink(found));
            } else {
                at = found;
            }
        }
        return at;
    }

    /** To be looked at before what is left. */
    private void push(Path names) {
        for (int i = names.getNameCount() - 1; i >= 0; i--) {
            left.push(names.getName(i));
        }
    }

    private void up() throws IOException {
        if (at.equals(root)) {
            throw HeldDirectory.leaves(operation, shown);
        }
        if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(shown.toString(), null, operation + " failed");
        }
        at = at.getParent();
    }

    private void follow(Path target) throws IOException {
        if (target.isAbsolute()) {
            throw HeldDirectory.leaves(operation, shown);
        }
        if (++links > MAX_LINKS) {
            throw new AioException(Errno.ELOOP, operation, shown.toString(), -1, -1, null);
        }
        push(target);
    }
}
