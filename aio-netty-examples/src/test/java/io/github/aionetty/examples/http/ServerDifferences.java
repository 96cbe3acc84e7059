// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.examples.http.Comparison.Found;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** How to tell the differences that docs/serve-differences.md explains, by the names there. */
final class ServerDifferences {
    private static final Set<String> REJOINED =
            Set.of("bytes=0-1, 2-3", "bytes=0-5,3-7", "bytes=0-,0-");
    private static final Set<String> LISTS =
            Set.of("bytes=0-1 ,\t4-5", "bytes=,0-1", "bytes=0-1,,4-5,");

    private static final Map<String, Predicate<Found>> ALL = new LinkedHashMap<>();

    static {
        methods();
        targets();
        messages();
        connections();
        ranges();
        conditions();
        codings();
    }

    private ServerDifferences() {}

    /** Names of all of them. */
    static Set<String> names() {
        return ALL.keySet();
    }

    /** Names of those that one is an example of. */
    static List<String> of(Found found) {
        return ALL.entrySet().stream()
                .filter(rule -> rule.getValue().test(found))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void rule(String name, Predicate<Found> matches) {
        ALL.put(name, matches);
    }

    private static void status(String name, String ours, Predicate<Asked> asked) {
        rule(name, it -> it.in("status") && it.ours().equals(ours) && asked.test(it.asked()));
    }

    private static void methods() {
        status("options", "204", it -> it.is("OPTIONS"));
        rule(
                "allow",
                it ->
                        it.in("allow")
                                && it.is("GET, HEAD, OPTIONS", "")
                                && !it.asked().is("GET", "HEAD", "OPTIONS"));
        status("method-first", "405", it -> !it.is("GET", "HEAD", "OPTIONS"));
    }

    private static void targets() {
        status("dot-dot", "400", it -> it.path().matches(".*/(\\.\\.|%2e%2e)(/.*)?"));
        status("encoded-slash", "404", it -> it.path().toLowerCase().contains("%2f"));
        status("fragment", "400", it -> it.target().contains("#"));
        status("no-utf-8", "400", it -> it.path().matches(".*(%FC|%ff|%c0).*"));
        status("other-scheme", "400", it -> it.target().startsWith("ftp:"));
        status("link-out", "404", it -> it.path().startsWith("/out"));
        status("link-loop", "404", it -> it.path().equals("/loop"));
        status("fifo", "403", it -> it.path().equals("/fifo"));
    }

    private static void messages() {
        rule(
                "host-empty-or-odd",
                it ->
                        it.in("status")
                                && it.is("200", "400")
                                && it.asked().has("host")
                                && List.of("", "a..b", ".").contains(it.asked().header("host")));
        rule(
                "host-invalid",
                it ->
                        it.in("status", "stays")
                                && it.ours().matches("400|false")
                                && !Authority.isValid(it.asked().header("host")));
        rule(
                "field-name",
                it ->
                        it.in("status", "stays")
                                && it.ours().matches("400|false")
                                && it.asked().headers().stream()
                                        .anyMatch(line -> line.matches("X(@Y|-\u00e9): a")));
        rule(
                "control-character",
                it ->
                        it.in("status", "stays")
                                && it.ours().matches("400|false")
                                && it.asked().header("x").contains("\u0001"));
        status("folded", "200", it -> it.header("x").contains("\r\n"));
        status("folded-missing", "404", it -> it.header("x").contains("\r\n"));
        status("too-long", "431", it -> it.header("x").length() > 16_384);
        rule(
                "transfer-coding",
                it ->
                        it.in("status")
                                && it.is("400", "501")
                                && it.asked().has("transfer-encoding"));
        rule(
                "chunk-strict",
                it ->
                        it.in("status", "stays")
                                && it.ours().matches("400|false")
                                && it.asked().body().matches("(?s)5( \\r)?\nhello.*"));
        status("expectation", "417", it -> it.has("expect"));
        rule("continue", it -> it.in("interim") && it.is("0", "1") && it.asked().body().isEmpty());
        status("version-none", "400", it -> it.version().isEmpty());
        status("version-number", "505", it -> it.version().equals("HTTP/0.9"));
    }

    private static void connections() {
        rule(
                "stays-after-error",
                it -> it.in("stays") && it.is("true", "false") && it.their().status() >= 400);
        rule(
                "closes-with-body",
                it ->
                        it.in("stays")
                                && it.is("false", "true")
                                && !it.asked().body().isEmpty()
                                && List.of(405, 417).contains(it.our().status()));
        rule(
                "closed",
                it ->
                        it.in("stays")
                                && it.is("true", "false")
                                && it.asked().header("connection").equals("closed"));
    }

    private static void ranges() {
        rule(
                "head-range",
                it ->
                        it.in("status")
                                && it.asked().is("HEAD")
                                && it.asked().has("range")
                                && it.ours().equals("200")
                                && it.theirs().matches("206|416"));
        rule(
                "range-malformed",
                it ->
                        it.in("status")
                                && it.ours().equals("200")
                                && it.theirs().matches("206|416")
                                && it.asked().is("GET")
                                && RangeHeader.of(List.of(it.asked().header("range")), 1_000_000)
                                        == RangeHeader.WHOLE);
        rule(
                "range-number",
                it ->
                        it.in("status")
                                && it.theirs().equals("416")
                                && it.asked().header("range").contains("99999999999999999"));
        rule(
                "range-list",
                it ->
                        it.in("status")
                                && it.theirs().equals("416")
                                && LISTS.contains(it.asked().header("range")));
        rule(
                "range-joined",
                it ->
                        (it.in("status") && it.is("206", "200")
                                        || it.in("content-range", "type", "body", "content-length"))
                                && REJOINED.contains(it.asked().header("range")));
        rule(
                "range-many",
                it ->
                        it.in("status")
                                && it.is("200", "206")
                                && it.asked().header("range").length() > 200);
        rule(
                "range-of-nothing",
                it ->
                        it.in("status")
                                && it.is("416", "200")
                                && it.asked().path().equals("/empty.txt"));
        rule(
                "range-zero-suffix",
                it ->
                        it.in("status")
                                && it.is("416", "200")
                                && it.asked().header("range").equals("bytes=-0"));
        rule(
                "accept-ranges",
                it ->
                        it.in("accept-ranges")
                                && it.is("bytes", "")
                                && List.of(206, 416).contains(it.our().status()));
    }

    private static void conditions() {
        rule(
                "unmodified-since-no-date",
                it ->
                        it.in("status")
                                && it.theirs().equals("412")
                                && it.asked().header("if-unmodified-since").equals("tomorrow"));
        rule(
                "unmodified-since-beside-match",
                it ->
                        it.in("status")
                                && it.theirs().equals("412")
                                && it.asked().has("if-match")
                                && it.asked().has("if-unmodified-since"));
        rule(
                "unmodified-since-of-a-page",
                it ->
                        it.in("status")
                                && it.theirs().equals("412")
                                && it.our().header("etag").isEmpty()
                                && it.asked().has("if-unmodified-since"));
        rule(
                "modified-since-beside-none-match",
                it ->
                        it.in("status")
                                && it.ours().equals("304")
                                && it.asked().has("if-modified-since")
                                && it.asked().has("if-none-match"));
        rule(
                "validators-of-412",
                it -> it.in("last-modified", "tagged") && it.our().status() == 412);
    }

    private static void codings() {
        rule(
                "neighbour-stale",
                it -> it.asked().path().equals("/style.css") && it.coded("", "gzip"));
        rule(
                "neighbour-compressed",
                it -> it.asked().path().equals("/image.png") && it.coded("", "gzip"));
        rule("neighbour-brotli", it -> it.coded("br", "gzip") || it.coded("br", ""));
        rule(
                "accept-encoding",
                it ->
                        (it.coded("gzip", "") || it.coded("", "gzip"))
                                && List.of(
                                                "*",
                                                "x-gzip",
                                                "identity;q=1, gzip;q=0.5",
                                                "gzip;q=2",
                                                "gzip;q=x",
                                                "gzip;Q=0.5",
                                                "gzip;q=0.5, identity;q=0.1")
                                        .contains(it.asked().header("accept-encoding")));
        rule(
                "neighbour-range",
                it ->
                        it.in("status", "accept-ranges")
                                && it.coded("gzip", "gzip")
                                && it.theirs().matches("200|"));
        rule(
                "vary-always",
                it ->
                        it.in("vary")
                                && it.ours().equals("[accept-encoding]")
                                && it.theirs().equals("[]"));
        rule("vary-compressed", it -> it.in("vary") && it.asked().path().equals("/image.png"));
        rule(
                "vary-error",
                it -> it.in("vary") && it.ours().startsWith("[accept") && it.our().status() >= 300);
    }
}
