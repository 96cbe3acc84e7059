// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {

    @ParameterizedTest
    @CsvSource({
        "a.html, text/html",
        "A.HTML, text/html",
        "a.txt, text/plain; charset=utf-8",
        "a.log, text/plain; charset=utf-8",
        "a.css, text/css; charset=utf-8",
        "a.csv, text/csv; charset=utf-8",
        "a.md, text/markdown; charset=utf-8",
        "a.vtt, text/vtt; charset=utf-8",
        "a.js, text/javascript; charset=utf-8",
        "jquery.min.js, text/javascript; charset=utf-8",
        "a.mjs, text/javascript; charset=utf-8",
        "a.json, application/json",
        "a.map, application/json",
        "a.webmanifest, application/manifest+json",
        "a.xml, application/xml",
        "a.wasm, application/wasm",
        "a.png, image/png",
        "a.jpg, image/jpeg",
        "a.JPEG, image/jpeg",
        "a.gif, image/gif",
        "a.svg, image/svg+xml",
        "a.avif, image/avif",
        "a.webp, image/webp",
        "a.ico, image/vnd.microsoft.icon",
        "a.mp4, video/mp4",
        "a.webm, video/webm",
        "a.ts, video/mp2t",
        "a.TS, video/mp2t",
        "a.m3u8, application/vnd.apple.mpegurl",
        "a.mpd, application/dash+xml",
        "a.m4s, video/iso.segment",
        "a.mp3, audio/mpeg",
        "a.ogg, audio/ogg",
        "a.woff, font/woff",
        "a.woff2, font/woff2",
        "a.ttf, font/ttf",
        "a.otf, font/otf",
        "a.pdf, application/pdf",
        "a.zip, application/zip",
        "a.js.gz, application/gzip",
        "a.tar.gz, application/gzip",
        "a.tgz, application/gzip",
        "a.svgz, application/gzip",
        "a.js.zst, application/zstd",
        "a.js.br, application/brotli",
        "a.unknown, application/octet-stream",
        "README, application/octet-stream",
        "ts, application/octet-stream",
        "html, application/octet-stream",
        "a., application/octet-stream"
    })
    void followTheExtension(String name, String type) {
        assertThat(MediaTypes.of(name)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.html",
                "a.js",
                "a.css",
                "a.json",
                "a.svg",
                "a.wasm",
                "a.txt",
                "a.ttf",
                "a.ico",
                "a.bmp",
                "a.wav",
                "a.tar",
                "a.pdf",
                "a.unknown",
                "README"
            })
    void someMayHaveACompressedNeighbour(String name) {
        assertThat(MediaTypes.isCompressed(MediaTypes.of(name))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.jpg", "a.png", "a.webp", "a.avif", "a.mp4", "a.ts", "a.mp3", "a.zip", "a.gz",
                "a.br", "a.zst", "a.xz", "a.bz2", "a.7z", "a.tgz", "a.jar", "a.docx", "a.odt",
                "a.woff2", "a.woff", "a.svgz", "a.apk", "a.epub"
            })
    void othersAreCompressedAlready(String name) {
        assertThat(MediaTypes.isCompressed(MediaTypes.of(name))).isTrue();
    }
}
