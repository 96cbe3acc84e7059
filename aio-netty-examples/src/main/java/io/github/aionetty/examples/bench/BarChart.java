// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

import java.util.List;
import java.util.Locale;

/** Groups of horizontal bars, two beside each other, as SVG. */
public final class BarChart {
    private static final int LABELS = 244;
    private static final int PANEL = 182;
    private static final int NUMBERS = 80;
    private static final int BAR = 14;
    private static final int LINE = 20;

    /** So many small letters of a wide font are no wider than the page. */
    private static final int LINE_LENGTH = 115;

    private static final int MARGIN = 16;
    private static final int WIDTH = 2 * MARGIN + LABELS + 2 * (PANEL + NUMBERS);

    /** Told apart by those too who see no red or no green. */
    private static final List<String> COLORS = List.of("#0072b2", "#e69f00", "#009e73", "#cc79a7");

    private final StringBuilder body = new StringBuilder();
    private int y = MARGIN;

    /**
     * Begins.
     *
     * @param title what is shown
     * @param about lines below it
     */
    public BarChart(String title, List<String> about) {
        line("title", MARGIN, title);
        about.forEach(this::wrapped);
        wrapped(
                "Bars: the median of the rounds. Lines over their ends: from the least to the"
                        + " most.");
    }

    /** Of a long line as much as fits, and the rest below it. */
    private void wrapped(String text) {
        int end = text.length() <= LINE_LENGTH ? -1 : text.lastIndexOf(' ', LINE_LENGTH);
        line("about", MARGIN, end > 0 ? text.substring(0, end) : text);
        if (end > 0) {
            wrapped(text.substring(end + 1));
        }
    }

    private void line(String style, int x, String text) {
        y += LINE;
        text(style, x, y, text);
    }

    private void text(String style, int x, int at, String text) {
        body.append(
                String.format(
                        Locale.ROOT,
                        "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n",
                        style,
                        x,
                        at,
                        escaped(text)));
    }

    /** Begins a group of bars, which have a scale of their own. */
    public void group(String name, String left, String right) {
        y += LINE / 2;
        line("group", MARGIN, name);
        text("about", MARGIN + LABELS, y, left);
        text("about", MARGIN + LABELS + PANEL + NUMBERS, y, right);
    }

    /**
     * Adds a line with two bars.
     *
     * @param color its number
     * @param left the first bar
     * @param right the second
     */
    public void bars(String name, int color, Bar left, Bar right) {
        line("name", MARGIN, name);
        bar(MARGIN + LABELS, color, left);
        bar(MARGIN + LABELS + PANEL + NUMBERS, color, right);
    }

    /** Adds what there are no bars of, and why. */
    public void note(String text) {
        wrapped(text);
    }

    /**
     * A bar, and how far the values behind it are spread.
     *
     * @param full what would take the whole width
     * @param text to stand beside it
     */
    public record Bar(Spread value, double full, String text) {
        int width(double part) {
            return (int) Math.round(full > 0 ? PANEL * Math.min(part / full, 1) : 0);
        }
    }

    private void bar(int x, int color, Bar bar) {
        int least = x + bar.width(bar.value().least());
        int most = x + bar.width(bar.value().most());
        body.append(
                String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n"
                                + "<path class=\"spread\" d=\"M%d %dH%dM%d %dv6M%d %dv6\"/>%n",
                        x,
                        y - BAR + 3,
                        bar.width(bar.value().median()),
                        BAR,
                        COLORS.get(color % COLORS.size()),
                        least,
                        y - 4,
                        most,
                        least,
                        y - 7,
                        most,
                        y - 7));
        text("number", most + 6, y, bar.text());
    }

    /** All of it; on dark pages, too. */
    public String svg() {
        int height = y + MARGIN;
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                                + " viewBox=\"0 0 %d %d\" role=\"img\">%n",
                        WIDTH,
                        height,
                        WIDTH,
                        height)
                + """
                <style>
                text { font: 12px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
                .title { font-size: 16px; font-weight: bold }
                .group { font-weight: bold }
                .about { fill: #59636e; font-size: 11px }
                .spread { stroke: #1f2328; fill: none }
                .page { fill: #ffffff; stroke: #d1d9e0 }
                @media (prefers-color-scheme: dark) {
                text { fill: #f0f6fc }
                .about { fill: #9198a1 }
                .spread { stroke: #f0f6fc }
                .page { fill: #0d1117; stroke: #3d444d }
                }
                </style>
                <rect class="page" width="100%" height="100%" rx="6"/>
                """
                + body
                + "</svg>\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
