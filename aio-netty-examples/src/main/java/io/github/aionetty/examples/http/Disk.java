// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFileAttributes;

/** What exchanges share to get at the files of a tree: the open ones, and how each is read. */
final class Disk {
    /**
     * From here on a file may go past the page cache; smaller ones are likely to be asked for
     * again.
     */
    static final long DIRECT_SIZE = 256 * 1024;

    private final Tree tree;
    private final FileCache cache;
    private final Popularity popularity;
    private final DirectMode mode;

    Disk(Tree tree, FileCache cache, Popularity popularity, DirectMode mode) {
        this.tree = tree;
        this.cache = cache;
        this.popularity = popularity;
        this.mode = mode;
    }

    Tree tree() {
        return tree;
    }

    FileCache cache() {
        return cache;
    }

    /** Whether what the page cache has by chance is to be taken from it. */
    boolean goesByPageCache() {
        return mode == DirectMode.AUTO;
    }

    /**
     * Whether to read a file past the page cache.
     *
     * @param bytes how much of it is wanted
     */
    boolean isDirect(AioFileAttributes file, long bytes) {
        return mode != DirectMode.NEVER
                && file.size() >= DIRECT_SIZE
                && (mode == DirectMode.ALWAYS || !popularity.wanted(file, bytes));
    }
}
