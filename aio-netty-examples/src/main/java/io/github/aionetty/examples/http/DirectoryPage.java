// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * A directory as HTML5: sorted by links, readable without scripts, dark and light, names escaped,
 * links relative.
 */
final class DirectoryPage {
    private final StringBuilder page;
    private final List<String> path;
    private final List<Entry> entries;
    private final SortOrder order;

    /** For links to other directories. */
    private final String suffix;

    private DirectoryPage(List<String> path, List<Entry> entries, SortOrder order) {
        this.page = new StringBuilder(8192 + entries.size() * 192);
        this.path = path;
        this.entries = entries;
        this.order = order;
        this.suffix = Html.escape(order.suffix());
    }

    /**
     * The page.
     *
     * @param path the names of the directory's path
     * @param entries in their order
     * @param order which that is
     * @param names how many the directory has, where not all were looked at; else 0
     */
    static String render(List<String> path, List<Entry> entries, SortOrder order, int names) {
        return new DirectoryPage(path, entries, order).render(names);
    }

    private String render(int names) {
        // The other orders show a crawler nothing new: wget -r would fetch everything six times.
        boolean crawled = order.equals(SortOrder.DEFAULT);
        Page.start(page, Breadcrumbs.text(path, true), crawled);
        page.append("<a class=\"skip\" href=\"#list\">Skip to the list</a>\n<header>\n");
        Breadcrumbs.append(page, path, true, suffix, "h1");
        summary(names);
        page.append("</header>\n<main>\n");
        if (!path.isEmpty() || !entries.isEmpty()) {
            table();
        }
        page.append("</main>\n");
        Page.end(page);
        return page.toString();
    }

    private void summary(int names) {
        long directories = entries.stream().filter(Entry::isDirectory).count();
        long files = entries.size() - directories;
        page.append("<p>");
        if (directories > 0) {
            page.append(Html.count(directories, "folder")).append(files > 0 ? ", " : "");
        }
        if (files > 0) {
            long bytes =
                    entries.stream().filter(e -> !e.isDirectory()).mapToLong(Entry::size).sum();
            page.append(Html.count(files, "file"))
                    .append(", <span")
                    .append(exact(bytes))
                    .append('>')
                    .append(Html.size(bytes))
                    .append("</span>");
        }
        if (entries.isEmpty()) {
            page.append(names == 0 ? "This folder is empty." : "Nothing to show.");
        }
        page.append("</p>\n");
        if (names > 0) {
            page.append(
                    String.format(
                            Locale.ROOT,
                            "<p class=\"cut\">This folder is too large for a page: only %,d of its"
                                    + " %,d names are shown.</p>\n",
                            entries.size(),
                            names));
        }
    }

    private void table() {
        page.append("<table>\n<thead>\n<tr>");
        for (SortOrder.Key column : SortOrder.Key.values()) {
            head(column);
        }
        page.append("</tr>\n</thead>\n<tbody id=\"list\" tabindex=\"-1\">\n");
        if (!path.isEmpty()) {
            page.append("<tr><td colspan=\"3\"><a href=\"../")
                    .append(suffix)
                    .append("\">Parent folder</a></td></tr>\n");
        }
        entries.forEach(this::row);
        page.append("</tbody>\n</table>\n");
    }

    private void head(SortOrder.Key column) {
        page.append("<th scope=\"col\"");
        if (column == order.key()) {
            page.append(" aria-sort=\"").append(order.aria()).append('"');
        }
        page.append("><a rel=\"nofollow\" href=\"")
                .append(Html.escape(order.next(column).query()))
                .append("\">")
                .append(column.title())
                .append(column == SortOrder.Key.MODIFIED ? " <small>(UTC)</small>" : "")
                .append("</a></th>");
    }

    private void row(Entry entry) {
        page.append("<tr><td>");
        String slash = entry.isDirectory() ? "/" : "";
        String name = Html.name(entry.name()) + slash;
        if (entry.reachable()) {
            page.append("<a href=\"")
                    .append(Uris.segment(entry.name()))
                    .append(slash)
                    .append(entry.isDirectory() ? suffix : "")
                    .append("\">")
                    .append(name)
                    .append("</a>");
        } else {
            page.append("<span>")
                    .append(name)
                    .append(" <small>(not UTF-8: no link can name it)</small></span>");
        }
        page.append("</td><td");
        if (!entry.isDirectory()) {
            page.append(exact(entry.size())).append('>').append(Html.size(entry.size()));
        } else {
            page.append('>');
        }
        page.append("</td><td>");
        time(entry);
        page.append("</td></tr>\n");
    }

    /** In UTC, for the page knows no time zone of its reader. */
    private void time(Entry entry) {
        String modified =
                entry.attributes()
                        .lastModifiedTime()
                        .toInstant()
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString();
        int t = modified.indexOf('T');
        page.append("<time datetime=\"")
                .append(modified)
                .append("\">")
                .append(modified, 0, t)
                .append(' ')
                .append(modified, t + 1, t + 6)
                .append("</time>");
    }

    /** Below 1024 the size itself is exact. */
    private static String exact(long bytes) {
        return bytes < 1024 ? "" : " title=\"" + Html.count(bytes, "byte") + "\"";
    }
}
