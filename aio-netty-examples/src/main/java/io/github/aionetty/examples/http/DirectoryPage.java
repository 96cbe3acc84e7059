// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * A directory as HTML5: readable without scripts, dark and light, names escaped, links relative.
 */
final class DirectoryPage {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String STYLE =
            """
            :root { color-scheme: light dark; --line: #d8dee4; --link: #0a58ca; --dim: #5a6570; }
            @media (prefers-color-scheme: dark) {
              :root { --line: #343b43; --link: #7ab7ff; --dim: #9aa6b2; }
            }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;
              padding: 0 1rem; }
            h1 { font-size: 1.25rem; overflow-wrap: anywhere; }
            table { width: 100%; border-collapse: collapse; }
            th { text-align: left; font-weight: 600; color: var(--dim); }
            th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); }
            td:first-child { overflow-wrap: anywhere; }
            .n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
            a { color: var(--link); text-decoration: none; }
            a:hover, a:focus-visible { text-decoration: underline; }
            """;

    private DirectoryPage() {}

    static String render(List<String> names, List<Entry> entries, boolean cut) {
        String title =
                "Index of /" + names.stream().map(name -> name + "/").reduce("", String::concat);
        StringBuilder page = new StringBuilder(2048 + entries.size() * 192);
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append(
                        "<meta name=\"viewport\" content=\"width=device-width,"
                                + " initial-scale=1\">\n")
                .append("<title>")
                .append(Html.escape(title))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<main>\n<h1>")
                .append(Html.escape(title))
                .append("</h1>\n<table>\n<thead>\n<tr><th scope=\"col\">Name</th>")
                .append("<th scope=\"col\" class=\"n\">Size</th>")
                .append("<th scope=\"col\" class=\"n\">Modified (UTC)</th></tr>\n")
                .append("</thead>\n<tbody>\n");
        if (!names.isEmpty()) {
            page.append("<tr><td><a href=\"../\">../</a></td><td></td><td></td></tr>\n");
        }
        entries.forEach(entry -> row(page, entry));
        page.append("</tbody>\n</table>\n");
        if (cut) {
            page.append("<p>Only the first ")
                    .append(entries.size())
                    .append(" names are shown.</p>\n");
        } else if (entries.isEmpty()) {
            page.append("<p>Nothing here.</p>\n");
        }
        return page.append("</main>\n</body>\n</html>\n").toString();
    }

    private static void row(StringBuilder page, Entry entry) {
        boolean directory = entry.attributes().isDirectory();
        String slash = directory ? "/" : "";
        Instant modified =
                entry.attributes().lastModifiedTime().toInstant().truncatedTo(ChronoUnit.SECONDS);
        page.append("<tr><td><a href=\"")
                .append(Uris.segment(entry.name()))
                .append(slash)
                .append("\">")
                .append(Html.escape(entry.name()))
                .append(slash)
                .append("</a></td><td class=\"n\">")
                .append(directory ? "" : Html.size(entry.attributes().size()))
                .append("</td><td class=\"n\"><time datetime=\"")
                .append(modified)
                .append("\">")
                .append(MINUTES.format(modified))
                .append("</time></td></tr>\n");
    }
}
