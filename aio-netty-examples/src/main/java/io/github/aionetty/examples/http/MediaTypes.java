// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.MimeTypes;

/** Content-Type by a file's extension: Jetty's table, and what it lacks or has otherwise. */
final class MediaTypes {
    private static final String UNKNOWN = "application/octet-stream";

    private static final Map<String, String> MORE =
            Map.ofEntries(
                    Map.entry("7z", "application/x-7z-compressed"),
                    Map.entry("aac", "audio/aac"),
                    Map.entry("atom", "application/atom+xml"),
                    Map.entry("cbor", "application/cbor"),
                    Map.entry("deb", "application/vnd.debian.binary-package"),
                    Map.entry(
                            "docx",
                            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
                    Map.entry("epub", "application/epub+zip"),
                    Map.entry("flac", "audio/flac"),
                    Map.entry("geojson", "application/geo+json"),
                    Map.entry("heic", "image/heic"),
                    Map.entry("heif", "image/heif"),
                    Map.entry("ics", "text/calendar"),
                    Map.entry("jsonld", "application/ld+json"),
                    Map.entry("jxl", "image/jxl"),
                    Map.entry("log", "text/plain"),
                    Map.entry("m3u8", "application/vnd.apple.mpegurl"),
                    Map.entry("m4a", "audio/mp4"),
                    Map.entry("m4s", "video/iso.segment"),
                    Map.entry("m4v", "video/mp4"),
                    Map.entry("map", "application/json"), // Source maps.
                    Map.entry("md", "text/markdown"),
                    Map.entry("mkv", "video/matroska"),
                    Map.entry("mpd", "application/dash+xml"),
                    Map.entry("oga", "audio/ogg"),
                    Map.entry("ogg", "audio/ogg"), // RFC 5334, 10.3.
                    Map.entry("ogv", "video/ogg"),
                    Map.entry("opus", "audio/ogg"),
                    Map.entry(
                            "pptx",
                            "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
                    Map.entry("rss", "application/rss+xml"),
                    // An SVG with Content-Encoding gzip, which nobody adds here.
                    Map.entry("svgz", "application/gzip"),
                    Map.entry("tgz", "application/gzip"),
                    Map.entry("toml", "application/toml"),
                    Map.entry("ts", "video/mp2t"),
                    Map.entry("vtt", "text/vtt"),
                    Map.entry("wav", "audio/wav"),
                    Map.entry("weba", "audio/webm"),
                    Map.entry("webm", "video/webm"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry(
                            "xlsx",
                            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                    Map.entry("yaml", "application/yaml"),
                    Map.entry("yml", "application/yaml"));

    /** Of the groups whose other members are compressed. */
    private static final Set<String> COMPRESSIBLE =
            Set.of(
                    "audio/basic",
                    "audio/midi",
                    "audio/wav",
                    "audio/x-aiff",
                    "font/collection",
                    "font/otf",
                    "font/ttf",
                    "image/bmp",
                    "image/svg+xml",
                    "image/tiff",
                    "image/vnd.microsoft.icon",
                    "image/x-portable-anymap",
                    "image/x-portable-bitmap",
                    "image/x-portable-graymap",
                    "image/x-portable-pixmap",
                    "image/x-xbitmap",
                    "image/x-xpixmap");

    private static final Set<String> COMPRESSED =
            Set.of(
                    "application/brotli",
                    "application/compress",
                    "application/epub+zip",
                    "application/gzip",
                    "application/java-archive",
                    "application/vnd.android.package-archive",
                    "application/vnd.debian.binary-package",
                    "application/vnd.ms-cab-compressed",
                    "application/x-7z-compressed",
                    "application/x-bzip2",
                    "application/x-cabinet",
                    "application/x-rar-compressed",
                    "application/x-rpm",
                    "application/x-xz",
                    "application/zip",
                    "application/zstd");

    private MediaTypes() {}

    static String of(String fileName) {
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1);
        String type = MORE.get(extension.toLowerCase(Locale.ROOT));
        if (type == null || extension.equals(fileName)) {
            type = MimeTypes.DEFAULTS.getMimeByExtension(fileName);
        }
        if (type == null) {
            return UNKNOWN;
        }
        // HTML names its own encoding; other text cannot, and is UTF-8 nearly everywhere.
        return type.startsWith("text/") && !type.equals("text/html")
                ? type + "; charset=utf-8"
                : type;
    }

    /**
     * Whether files of a type are compressed already, as pictures, films and archives are: nobody
     * puts a compressed form beside one.
     */
    static boolean isCompressed(String type) {
        if (type.startsWith("image/")
                || type.startsWith("audio/")
                || type.startsWith("video/")
                || type.startsWith("font/")) {
            return !COMPRESSIBLE.contains(type);
        }
        return COMPRESSED.contains(type)
                || type.startsWith("application/vnd.openxmlformats-")
                || type.startsWith("application/vnd.oasis.opendocument.");
    }
}
