// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.examples.http.Tree.Located;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The compressed forms of a file that lie beside it, as a build leaves them there: {@code x.js.br},
 * {@code x.js.zst}, {@code x.js.gz}. One that is older than the file is of an earlier state. Links
 * are not followed: beside a file below the root they may lead out of it.
 *
 * <p>All are looked for at once, so that a file without any is late by one hop to the helpers, and
 * only where the client takes a coding, and the file is of a type that is not compressed already.
 */
final class Neighbours {
    private final Exchange exchange;
    private final Located original;
    private final List<ContentCoding> codings;
    private final Map<ContentCoding, AioFileAttributes> seen = new EnumMap<>(ContentCoding.class);
    private int pending;

    /**
     * A compressed form.
     *
     * @param coding what it was made with
     * @param path below the root, and no link, unless somebody has put one there since
     * @param attributes of what is there
     */
    record Neighbour(ContentCoding coding, Path path, AioFileAttributes attributes) {}

    /**
     * Looks for nothing yet.
     *
     * @param original the file
     * @param codings the ones to look for, the best first
     */
    Neighbours(Exchange exchange, Located original, List<ContentCoding> codings) {
        this.exchange = exchange;
        this.original = original;
        this.codings = codings;
    }

    /** Looks for them; those that there are come in the order of the codings. */
    void find(Consumer<List<Neighbour>> found) {
        if (codings.isEmpty()) {
            found.accept(List.of());
            return;
        }
        pending = codings.size();
        for (ContentCoding coding : codings) {
            exchange.then(
                    exchange.disk()
                            .tree()
                            .on(exchange.loop())
                            .attributes(coding.beside(original.path()), LinkOption.NOFOLLOW_LINKS),
                    attributes -> {
                        seen.put(coding, attributes);
                        looked(found);
                    },
                    late -> {},
                    // Mostly that there is none; whatever else it is, the file itself is there.
                    missing -> looked(found));
        }
    }

    private void looked(Consumer<List<Neighbour>> found) {
        if (--pending > 0) {
            return;
        }
        List<Neighbour> usable = new ArrayList<>();
        for (ContentCoding coding : codings) {
            AioFileAttributes attributes = seen.get(coding);
            if (attributes != null && isUsable(attributes)) {
                usable.add(new Neighbour(coding, coding.beside(original.path()), attributes));
            }
        }
        found.accept(usable);
    }

    /** To be asked again of what has been opened. */
    boolean isUsable(AioFileAttributes neighbour) {
        return neighbour.isRegularFile()
                && neighbour.lastModifiedTime().compareTo(original.attributes().lastModifiedTime())
                        >= 0;
    }
}
