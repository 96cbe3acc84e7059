// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.util.Comparator;
import java.util.Locale;

/**
 * How a directory page is sorted, as its query says: {@code ?sort=size&order=desc}. Directories
 * come first whatever it is, and what is equal is in the order of the names.
 *
 * @param key the column
 * @param descending whether the largest, the newest or the last comes first
 */
record SortOrder(Key key, boolean descending) {
    static final SortOrder DEFAULT = new SortOrder(Key.NAME, false);

    private static final Comparator<Entry> BY_NAME =
            Comparator.comparing(Entry::name, NaturalOrder.INSTANCE);

    /** The columns. */
    enum Key {
        NAME("Name"),
        SIZE("Size"),
        MODIFIED("Modified");

        private final String title;

        Key(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private Comparator<Entry> comparator() {
            return switch (this) {
                case NAME -> BY_NAME;
                // What a directory's own blocks take says nothing of what is in it.
                case SIZE -> Comparator.comparingLong(e -> e.isDirectory() ? 0 : e.size());
                case MODIFIED -> Comparator.comparing(e -> e.attributes().lastModifiedTime());
            };
        }
    }

    /**
     * Reads a query; what it does not know is as if it were not there.
     *
     * @param query with its {@code ?}, or empty
     */
    static SortOrder of(String query) {
        Key key = DEFAULT.key();
        boolean descending = false;
        for (String parameter : query.replaceFirst("^\\?", "").split("&")) {
            for (Key candidate : Key.values()) {
                if (parameter.equals("sort=" + candidate.word())) {
                    key = candidate;
                }
            }
            if (parameter.startsWith("order=")) {
                descending = parameter.equals("order=desc");
            }
        }
        return new SortOrder(key, descending);
    }

    Comparator<Entry> comparator() {
        Comparator<Entry> order = key.comparator();
        return Comparator.comparing((Entry entry) -> !entry.isDirectory())
                .thenComparing(descending ? order.reversed() : order)
                .thenComparing(BY_NAME);
    }

    /**
     * What the head of a column leads to: the other way round where it is sorted by already; at
     * first names from A on, but the largest and the newest files.
     */
    SortOrder next(Key column) {
        return new SortOrder(column, column == key ? !descending : column != Key.NAME);
    }

    /** The query that gives this order. */
    String query() {
        return "?sort=" + key.word() + "&order=" + (descending ? "desc" : "asc");
    }

    /** What links to other directories carry, so that the order stays. */
    String suffix() {
        return equals(DEFAULT) ? "" : query();
    }

    /** The value of {@code aria-sort}. */
    String aria() {
        return descending ? "descending" : "ascending";
    }
}
