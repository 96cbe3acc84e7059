// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.util.List;

/**
 * The path of a page as links to all that is above it. Relative ones, so that they work behind a
 * proxy that adds a prefix.
 */
final class Breadcrumbs {
    private static final String ROOT = "Index of /";

    private Breadcrumbs() {}

    /** The path in one line, for the title. */
    static String text(List<String> names, boolean slash) {
        return ROOT + String.join("/", names) + (slash && !names.isEmpty() ? "/" : "");
    }

    /**
     * Appends them.
     *
     * @param names those of the path
     * @param slash whether the path ends in one: a directory's does
     * @param query for each link, escaped
     * @param tag the element for the last one, which is no link
     */
    static void append(
            StringBuilder page, List<String> names, boolean slash, String query, String tag) {
        page.append("<nav aria-label=\"Path\">\n<ol>\n");
        for (int i = 0; i <= names.size(); i++) {
            boolean last = i == names.size();
            String text = i == 0 ? ROOT : Html.name(names.get(i - 1)) + (last && !slash ? "" : "/");
            if (last) {
                page.append(
                        "<li><" + tag + " aria-current=\"page\">" + text + "</" + tag + "></li>\n");
            } else {
                page.append("<li><a href=\"")
                        .append(up(names.size() - i - (slash ? 0 : 1)))
                        .append(query)
                        .append("\">")
                        .append(text)
                        .append("</a></li>\n");
            }
        }
        page.append("</ol>\n</nav>\n");
    }

    private static String up(int levels) {
        return levels == 0 ? "./" : "../".repeat(levels);
    }
}
