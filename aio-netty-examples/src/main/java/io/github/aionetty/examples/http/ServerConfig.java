// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * What to serve, where and how.
 *
 * @param root the directory whose files are served
 * @param address where to listen; port 0 takes a free one
 * @param loops how many event loops
 * @param limits what a client may take
 * @param tls the certificate, or {@code null} for plain HTTP
 * @param upload whether PUT creates and replaces files
 * @param direct which files are read past the page cache
 * @param openFiles how many files stay open for the next who asks; 0 for none
 * @param accessLog whether each exchange is logged
 * @param metrics whether {@code /metrics} is answered, to everybody who asks
 * @param texts what is answered to a path such as {@code /ping}, instead of a file
 * @param mounts directories in the place of folders of the root, by name
 */
public record ServerConfig(
        Path root,
        InetSocketAddress address,
        int loops,
        Limits limits,
        Tls tls,
        boolean upload,
        DirectMode direct,
        int openFiles,
        boolean accessLog,
        boolean metrics,
        Map<String, String> texts,
        Map<String, Path> mounts) {

    /** So that other files, and clients, have descriptors, too. */
    static final int DEFAULT_OPEN_FILES =
            (int) Math.min(1024, Math.max(0, Descriptors.limit() / 8));

    /** Checks what may not be missing. */
    public ServerConfig {
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(direct, "direct");
        texts = Map.copyOf(texts);
        mounts = Map.copyOf(mounts);
    }

    /**
     * Plain HTTP, read-only, with the usual limits.
     *
     * @param root the directory whose files are served
     * @param address where to listen; port 0 takes a free one
     * @param loops how many event loops
     */
    public ServerConfig(Path root, InetSocketAddress address, int loops) {
        this(
                root,
                address,
                loops,
                Limits.DEFAULT,
                null,
                false,
                DirectMode.AUTO,
                DEFAULT_OPEN_FILES,
                false,
                false,
                Map.of(),
                Map.of());
    }

    /**
     * The same with other limits.
     *
     * @param other what a client may take
     * @return a copy
     */
    public ServerConfig withLimits(Limits other) {
        return new ServerConfig(
                root, address, loops, other, tls, upload, direct, openFiles, accessLog, metrics,
                texts, mounts);
    }

    /**
     * The same over TLS, with HTTP/2 for clients that want it.
     *
     * @param certificate which, or {@code null} for plain HTTP
     * @return a copy
     */
    public ServerConfig withTls(Tls certificate) {
        return new ServerConfig(
                root,
                address,
                loops,
                limits,
                certificate,
                upload,
                direct,
                openFiles,
                accessLog,
                metrics,
                texts,
                mounts);
    }

    /**
     * The same with PUT, or without.
     *
     * @param allowed whether PUT creates and replaces files
     * @return a copy
     */
    public ServerConfig withUpload(boolean allowed) {
        return new ServerConfig(
                root, address, loops, limits, tls, allowed, direct, openFiles, accessLog, metrics,
                texts, mounts);
    }

    /**
     * The same with another choice between the page cache and the disk.
     *
     * @param mode which files are read past the page cache
     * @return a copy
     */
    public ServerConfig withDirect(DirectMode mode) {
        return new ServerConfig(
                root, address, loops, limits, tls, upload, mode, openFiles, accessLog, metrics,
                texts, mounts);
    }

    /**
     * The same with another number of files that stay open.
     *
     * @param count at most; 0 for none
     * @return a copy
     */
    public ServerConfig withOpenFiles(int count) {
        return new ServerConfig(
                root, address, loops, limits, tls, upload, direct, count, accessLog, metrics, texts,
                mounts);
    }

    /**
     * The same with a log of exchanges, or without.
     *
     * @param wanted whether the logger "access" gets a line for each
     * @return a copy
     */
    public ServerConfig withAccessLog(boolean wanted) {
        return new ServerConfig(
                root, address, loops, limits, tls, upload, direct, openFiles, wanted, metrics,
                texts, mounts);
    }

    /**
     * The same with metrics, or without.
     *
     * @param wanted whether {@code /metrics} is answered
     * @return a copy
     */
    public ServerConfig withMetrics(boolean wanted) {
        return new ServerConfig(
                root, address, loops, limits, tls, upload, direct, openFiles, accessLog, wanted,
                texts, mounts);
    }

    /**
     * The same with other fixed answers.
     *
     * @param answers by path, such as {@code /ping}
     * @return a copy
     */
    public ServerConfig withTexts(Map<String, String> answers) {
        return new ServerConfig(
                root, address, loops, limits, tls, upload, direct, openFiles, accessLog, metrics,
                answers, mounts);
    }

    /**
     * The same with other directories.
     *
     * @param directories by the name of the root's folder that each replaces
     * @return a copy
     */
    public ServerConfig withMounts(Map<String, Path> directories) {
        return new ServerConfig(
                root,
                address,
                loops,
                limits,
                tls,
                upload,
                direct,
                openFiles,
                accessLog,
                metrics,
                texts,
                directories);
    }
}
