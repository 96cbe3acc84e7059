// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** Requests for the comparison: each value of each list alone, then several together by chance. */
final class AskedGenerator {
    private static final List<String> FILES =
            List.of(
                    "/hello.txt",
                    "/empty.txt",
                    "/file.bin",
                    "/large.bin",
                    "/page.html",
                    "/style.css",
                    "/multi.js",
                    "/data.json",
                    "/image.png",
                    "/dir/inner.txt",
                    "/link.txt");

    private static final List<String> TARGETS =
            List.of(
                    "/",
                    "/dir",
                    "/dir/",
                    "/dir?a=b",
                    "/dir/.",
                    "/dirlink",
                    "/dirlink/",
                    "/dirlink/inner.txt",
                    "/missing",
                    "/missing/",
                    "/dir/missing.txt",
                    "/noext",
                    "/.hidden",
                    "/page.html.gz",
                    "/hello.txt?x=%zz",
                    "/hello.txt/",
                    "/hello.txt/x",
                    "/hello.txt%20",
                    "/HELLO.txt",
                    "/%68ello.txt",
                    "/%48ELLO.TXT",
                    "/with%20space.txt",
                    "/with+space.txt",
                    "/plus+sign.txt",
                    "/plus%2Bsign.txt",
                    "/100%25.txt",
                    "/100%.txt",
                    "/%C3%BCn%C3%AF.txt",
                    "/\u00c3\u00bcn\u00c3\u00af.txt",
                    "/u%CC%88n%C3%AF.txt",
                    "/%FCn%EF.txt",
                    "/%ff",
                    "/%c0%ae/hello.txt",
                    "/a;b=c,d.txt",
                    "/a%3Bb%3Dc%2Cd.txt",
                    "/it's(1)!*$&@~.txt",
                    "//hello.txt",
                    "///dir//inner.txt",
                    "/dir//",
                    "/./hello.txt",
                    "/dir/./inner.txt",
                    "/dir/../hello.txt",
                    "/dir/%2e%2e/hello.txt",
                    "/../secret.txt",
                    "/..",
                    "/dir/..",
                    "/...",
                    "/dir%2finner.txt",
                    "/dir%2Finner.txt",
                    "/%2e%2e%2fsecret.txt",
                    "/dir\\inner.txt",
                    "/dir%5cinner.txt",
                    "/hello.txt%00",
                    "/%00",
                    "/hello.txt#part",
                    "/hello.txt%23part",
                    "/hello.txt%3Fx",
                    "/%",
                    "/%z1",
                    "/%1",
                    "/?",
                    "/hello.txt?",
                    "/\u007f",
                    "/%7f",
                    "/%0a",
                    "/" + "n".repeat(255),
                    "/" + "n".repeat(300),
                    "/" + "long/".repeat(1000),
                    "/" + "x".repeat(9000),
                    "/out.txt",
                    "/outdir/",
                    "/loop",
                    "/dangling",
                    "/fifo",
                    "hello.txt",
                    "*",
                    "http://test/hello.txt",
                    "http://test",
                    "http://test/",
                    "http://test?x",
                    "http://other/hello.txt",
                    "HTTP://test/hello.txt",
                    "https://test/hello.txt",
                    "http://user@test/hello.txt",
                    "http:///hello.txt",
                    "ftp://test/hello.txt",
                    "test:80",
                    "/hello.txt HTTP/1.1",
                    "/with space.txt");

    private static final List<String> RANGES =
            List.of(
                    "bytes=0-0",
                    "bytes=0-4",
                    "bytes=5-",
                    "bytes=-3",
                    "bytes=-0",
                    "bytes=-1000000",
                    "bytes=0-1000000",
                    "bytes=0-",
                    "bytes=10-10",
                    "bytes=11-",
                    "bytes=1000000-",
                    "bytes=1000000-2000000",
                    "bytes=5-4",
                    "bytes=00000000000000000000001-3",
                    "bytes=1-99999999999999999999999",
                    "bytes=99999999999999999999999-",
                    "bytes=-99999999999999999999999",
                    "bytes=0-1,4-5",
                    "bytes=4-5,0-1",
                    "bytes=0-1, 2-3",
                    "bytes=0-5,3-7",
                    "bytes=0-0,-1",
                    "bytes=0-0,1000000-",
                    "bytes=1000000-,2000000-",
                    "bytes=0-,0-",
                    "bytes= 0-1",
                    "bytes=0-1 ,\t4-5",
                    "bytes=,0-1",
                    "bytes=0-1,,4-5,",
                    "bytes=0-1,x",
                    "bytes=0-1,5-4",
                    "bytes=" + "0-0,2-2,".repeat(40) + "4-4",
                    "BYTES=0-1",
                    "bytes 0-1",
                    "bytes=",
                    "bytes=-",
                    "bytes=a-b",
                    "bytes=0-1-2",
                    "bytes=--1",
                    "bytes=0x0-1",
                    "bytes=1",
                    "bytes",
                    "lines=0-1",
                    "");

    private static final List<String> CONDITIONS =
            List.of(
                    "If-None-Match: {etag}",
                    "If-None-Match: {weak}",
                    "If-None-Match: \"other\"",
                    "If-None-Match: \"a\", {etag}, \"b\"",
                    "If-None-Match: *",
                    "If-None-Match: none",
                    "If-Match: {etag}",
                    "If-Match: {weak}",
                    "If-Match: \"other\"",
                    "If-Match: \"other\", {etag}",
                    "If-Match: *",
                    "If-Modified-Since: {date}",
                    "If-Modified-Since: {before}",
                    "If-Modified-Since: {after}",
                    "If-Modified-Since: {rfc850}",
                    "If-Modified-Since: {asctime}",
                    "If-Modified-Since: yesterday",
                    "If-Modified-Since: Sat, 31 Dec 2050 00:00:00 GMT",
                    "If-Modified-Since: Sat, 31 Feb 2015 00:00:00 GMT",
                    "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
                    "If-Unmodified-Since: {date}",
                    "If-Unmodified-Since: {before}",
                    "If-Unmodified-Since: {after}",
                    "If-Unmodified-Since: {rfc850}",
                    "If-Unmodified-Since: {asctime}",
                    "If-Unmodified-Since: tomorrow");

    private static final List<String> IF_RANGES =
            List.of(
                    "If-Range: {etag}",
                    "If-Range: {weak}",
                    "If-Range: \"other\"",
                    "If-Range: *",
                    "If-Range: {date}",
                    "If-Range: {before}",
                    "If-Range: {after}",
                    "If-Range: {rfc850}",
                    "If-Range: never");

    private static final List<String> ENCODINGS =
            List.of(
                    "gzip",
                    "GZip",
                    "gzip, deflate, br",
                    "br, gzip",
                    "br",
                    "br;q=0.5, gzip;q=0.9",
                    "zstd",
                    "deflate",
                    "identity",
                    "*",
                    "*;q=0",
                    "*;q=0, gzip",
                    "gzip;q=1.0",
                    "gzip;q=0",
                    "gzip;q=0.000",
                    "gzip;q=0.001",
                    "gzip; q=0.5",
                    "gzip;Q=0.5",
                    "gzip;q=2",
                    "gzip;q=x",
                    "identity;q=1, gzip;q=0.5",
                    "gzip;q=0.5, identity;q=0.1",
                    "identity;q=0",
                    "x-gzip",
                    "gzipped",
                    "deflate,gzip",
                    ",gzip",
                    "");

    private static final List<String> CONNECTIONS =
            List.of(
                    "close",
                    "Close",
                    "keep-alive",
                    "Keep-Alive",
                    "keep-alive, close",
                    "close, keep-alive",
                    "closed",
                    "upgrade",
                    "TE, foo",
                    "");

    private static final List<String> METHODS =
            List.of(
                    "HEAD",
                    "OPTIONS",
                    "POST",
                    "PUT",
                    "DELETE",
                    "PATCH",
                    "TRACE",
                    "CONNECT",
                    "PROPFIND",
                    "MKCOL",
                    "FOO",
                    "get",
                    "GET\u00e9");

    private static final List<String> HOSTS =
            List.of(
                    "Host: test:8080",
                    "Host: 127.0.0.1",
                    "Host: [::1]",
                    "Host: [::1]:80",
                    "Host:",
                    "Host: a b",
                    "Host: a/b",
                    "Host: a?b",
                    "Host: a\\b",
                    "Host: user@test",
                    "Host: test:x",
                    "Host: test:",
                    "Host: test:99999",
                    "Host: t\u00e9st",
                    "Host: %41",
                    "Host: a,b",
                    "Host: [::1",
                    "Host: a..b",
                    "Host: .",
                    "Host: a_b",
                    "Host: a<b>");

    private final Random random;
    private final Set<Asked> all = new LinkedHashSet<>();

    private AskedGenerator(long seed) {
        random = new Random(seed);
    }

    /** The same ones for the same seed. */
    static List<Asked> of(long seed, int byChance) {
        AskedGenerator generator = new AskedGenerator(seed);
        generator.single();
        generator.special();
        int end = generator.all.size() + byChance;
        while (generator.all.size() < end) {
            generator.all.add(generator.combination());
        }
        return List.copyOf(generator.all);
    }

    private void single() {
        for (String target : concat(FILES, TARGETS)) {
            add(Asked.get(target));
            add(method(any(List.of("HEAD", "OPTIONS", "POST")), target));
        }
        for (String target : List.of("/hello.txt", "/dir", "/dir/", "/missing", "*", "/..")) {
            add(method("HEAD", target));
            add(method("OPTIONS", target));
            add(method("POST", target));
            add(http10(target));
        }
        for (String range : RANGES) {
            for (String file : List.of("/hello.txt", "/empty.txt", "/file.bin")) {
                add(Asked.get(file, "Range: " + range));
            }
            add(method("HEAD", "/hello.txt").with("Range: " + range));
            add(Asked.get("/page.html", "Range: " + range, "Accept-Encoding: gzip"));
        }
        for (String target : List.of("/hello.txt", "/page.html", "/dir/", "/missing")) {
            for (String condition : CONDITIONS) {
                add(Asked.get(target, condition));
            }
        }
        for (String condition : CONDITIONS) {
            add(method("HEAD", "/page.html").with(condition));
            add(method("DELETE", "/page.html").with(condition));
            add(Asked.get("/page.html", condition, "Accept-Encoding: gzip"));
            add(Asked.get("/page.html", condition, "Range: bytes=1-3"));
        }
        for (String condition : IF_RANGES) {
            for (String target : List.of("/hello.txt", "/page.html", "/file.bin")) {
                add(Asked.get(target, condition, "Range: bytes=1-3"));
                add(Asked.get(target, condition, "Range: bytes=1-3", "Accept-Encoding: gzip"));
                add(Asked.get(target, condition));
            }
        }
        for (String encoding : ENCODINGS) {
            for (String target :
                    List.of("/page.html", "/style.css", "/multi.js", "/hello.txt", "/image.png")) {
                add(Asked.get(target, "Accept-Encoding: " + encoding));
            }
        }
        for (String connection : CONNECTIONS) {
            for (String target : List.of("/hello.txt", "/missing", "/dir")) {
                add(Asked.get(target, "Connection: " + connection));
                add(http10(target).with("Connection: " + connection));
            }
        }
        for (String method : METHODS) {
            for (String target : List.of("/hello.txt", "/missing", "/dir/")) {
                add(method(method, target));
            }
            add(new Asked(method, "/hello.txt", "HTTP/1.0", List.of(), ""));
        }
        for (String host : HOSTS) {
            add(plain("HTTP/1.1", host));
            add(plain("HTTP/1.0", host));
        }
    }

    private static Asked plain(String version, String... headers) {
        return new Asked("GET", "/hello.txt", version, List.of(headers), "");
    }

    private static Asked body(String method, String body, String... headers) {
        return new Asked(method, "/hello.txt", "HTTP/1.1", List.of(headers), body).withHost("test");
    }

    /** Versions, framing, and lines that are none. */
    private void special() {
        for (String version :
                List.of(
                        "",
                        "HTTP/0.9",
                        "HTTP/1.2",
                        "HTTP/1.9",
                        "HTTP/2.0",
                        "HTTP/3.0",
                        "HTTP/1",
                        "http/1.1",
                        "HTTP/01.1",
                        "HTTP/1.1x",
                        "HTCPCP/1.0",
                        "HTTP/1.x")) {
            add(plain(version, "Host: test"));
        }
        add(plain("HTTP/1.1"));
        add(plain("HTTP/1.1", "Host: test", "Host: test"));
        add(plain("HTTP/1.1", "Host: test", "Host: other"));
        add(plain("HTTP/1.0", "Host: test", "Host: test"));
        for (String line :
                List.of(
                        "No colon",
                        "Bad Name: x",
                        "X : y",
                        " X: folded",
                        "X: a\r\n b",
                        ": x",
                        "X:",
                        "X: \u0001",
                        "X: \u00e9",
                        "X: a\u0000b",
                        "X-\u00e9: a",
                        "X@Y: a",
                        "X_Y: a",
                        "Host2: " + "x".repeat(7000),
                        "X: " + "x".repeat(20_000),
                        "Via: 1.1 proxy",
                        "Upgrade: h2c",
                        "Cookie: " + "x".repeat(100),
                        "Accept: text/plain;q=0")) {
            add(Asked.get("/hello.txt", line));
            add(Asked.get("/missing", line));
        }
        for (String expect : List.of("100-continue", "100-Continue", "200-ok", "")) {
            add(body("GET", "", "Expect: " + expect));
            for (String method : List.of("GET", "POST")) {
                add(body(method, "hello", "Expect: " + expect, "Content-Length: 5"));
            }
            add(plain("HTTP/1.0", "Expect: " + expect));
        }
        for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "DELETE", "FOO")) {
            for (String target : List.of("/hello.txt", "/missing", "/dir")) {
                add(at(target, body(method, "hello", "Content-Length: 5")));
                add(
                        at(
                                target,
                                body(
                                        method,
                                        "5\r\nhello\r\n0\r\n\r\n",
                                        "Transfer-Encoding: chunked")));
            }
            add(body(method, "", "Content-Length: 0"));
        }
        for (String length :
                List.of(
                        "x",
                        "-1",
                        "+5",
                        "5, 5",
                        "5,6",
                        "05",
                        "5 ",
                        "0x5",
                        "",
                        "5;",
                        "99999999999999999999")) {
            add(body("GET", "hello", "Content-Length: " + length));
        }
        add(body("GET", "hello", "Content-Length: 5", "Content-Length: 5"));
        add(body("GET", "hello", "Content-Length: 5", "Content-Length: 6"));
        String chunks = "5\r\nhello\r\n0\r\n\r\n";
        for (String coding :
                List.of(
                        "Chunked",
                        "gzip, chunked",
                        "chunked, gzip",
                        "identity",
                        "",
                        "chunked, chunked",
                        "xchunked",
                        "\"chunked\"")) {
            add(body("GET", chunks, "Transfer-Encoding: " + coding));
        }
        add(body("GET", chunks, "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"));
        add(body("GET", chunks, "Transfer-Encoding: chunked", "Content-Length: 5"));
        add(
                body(
                        "GET",
                        chunks,
                        "Content-Length: " + chunks.length(),
                        "Transfer-Encoding: chunked"));
        for (String broken :
                List.of(
                        "x\r\nhello\r\n",
                        "-1\r\n\r\n",
                        "5\r\nhelloX\r\n0\r\n\r\n",
                        "5;a=b\r\nhello\r\n0\r\n\r\n",
                        "5\r\nhello\r\n0\r\nTrailer: x\r\n\r\n",
                        "ffffffffffffffffff\r\n",
                        "5 \r\nhello\r\n0\r\n\r\n",
                        "0x5\r\nhello\r\n0\r\n\r\n",
                        "5\nhello\n0\n\n")) {
            add(body("GET", broken, "Transfer-Encoding: chunked"));
        }
        for (String connection : List.of("close", "keep-alive")) {
            add(
                    new Asked(
                            "GET",
                            "/hello.txt",
                            "HTTP/1.0",
                            List.of("Connection: " + connection, "Transfer-Encoding: chunked"),
                            chunks));
            add(
                    new Asked(
                            "GET",
                            "/hello.txt",
                            "HTTP/1.0",
                            List.of("Connection: " + connection, "Content-Length: 5"),
                            "hello"));
            add(
                    new Asked(
                            "POST",
                            "/hello.txt",
                            "HTTP/1.0",
                            List.of("Connection: " + connection, "Content-Length: 5"),
                            "hello"));
        }
    }

    private static Asked at(String target, Asked asked) {
        return new Asked(asked.method(), target, asked.version(), asked.headers(), asked.body());
    }

    private static Asked method(String method, String target) {
        return new Asked(method, target, "HTTP/1.1", List.of("Host: test"), "");
    }

    private static Asked http10(String target) {
        return new Asked("GET", target, "HTTP/1.0", List.of(), "");
    }

    private void add(Asked asked) {
        all.add(asked);
    }

    private Asked combination() {
        String method = chance(15) ? "HEAD" : chance(8) ? any(METHODS) : "GET";
        String target = chance(25) ? any(TARGETS) : any(FILES);
        boolean old = chance(15);
        List<String> headers = new ArrayList<>();
        if (!old || chance(50)) {
            headers.add("Host: test");
        }
        if (chance(50)) {
            headers.add("Range: " + any(RANGES));
            if (chance(30)) {
                headers.add(any(IF_RANGES));
            }
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            String condition = any(CONDITIONS);
            String name = condition.substring(0, condition.indexOf(':'));
            if (headers.stream().noneMatch(line -> line.startsWith(name + ":"))) {
                headers.add(condition);
            }
        }
        if (chance(40)) {
            headers.add("Accept-Encoding: " + any(ENCODINGS));
        }
        if (chance(25)) {
            headers.add("Connection: " + any(CONNECTIONS));
        }
        boolean body = chance(8);
        if (body) {
            headers.add("Content-Length: 5");
        }
        return new Asked(
                method, target, old ? "HTTP/1.0" : "HTTP/1.1", headers, body ? "hello" : "");
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String any(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    private static List<String> concat(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
