// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

/** What all pages begin and end with. */
final class Page {
    private static final String START =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' \
            viewBox='0 0 16 16'%3E%3Cpath fill='%23c98a1b' \
            d='M1 3h5l2 2h7v9H1z'/%3E%3C/svg%3E">
            """;

    private Page() {}

    /**
     * Up to the start of what the page is about.
     *
     * @param crawled whether the page is for programs that follow links
     */
    static void start(StringBuilder page, String title, boolean crawled) {
        page.append(START)
                .append(crawled ? "" : "<meta name=\"robots\" content=\"noindex, nofollow\">\n")
                .append("<title>")
                .append(Html.escape(title))
                .append("</title>\n<style>")
                .append(PageStyle.CSS)
                .append("</style>\n</head>\n<body>\n");
    }

    static void end(StringBuilder page) {
        page.append("</body>\n</html>\n");
    }
}
