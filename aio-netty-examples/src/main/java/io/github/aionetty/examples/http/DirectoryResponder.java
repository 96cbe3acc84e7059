// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFileAttributes.Kind;
import io.github.aionetty.AioFileWriter;
import io.github.aionetty.AioFiles;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Answers with the page of a directory. Lists what can be fetched and no more: no FIFO, and of a
 * link out of the root not even that it exists.
 *
 * <p>Looks at few names at once, so that a large directory does not fill the helpers' queue. All on
 * the connection's loop, but for the writing of the page.
 */
final class DirectoryResponder {
    private static final int AT_ONCE = 16;

    /** A page of two or three megabytes; browsers have had enough of it by then, too. */
    static final int MAX_ENTRIES = 10_000;

    private final Exchange exchange;
    private final Path root;
    private final Path directory;
    private final RequestPath path;
    private final AioFiles files;
    private final List<Entry> entries = new ArrayList<>();
    private List<Path> names;
    private int next;
    private int pending;
    private boolean sent;

    DirectoryResponder(Exchange exchange, Path root, Path directory, RequestPath path) {
        this.exchange = exchange;
        this.root = root;
        this.directory = directory;
        this.path = path;
        this.files = AioFiles.of(exchange.loop());
    }

    void list() {
        exchange.then(
                files.list(directory),
                found -> {
                    names = found.stream().filter(DirectoryResponder::isShown).toList();
                    look();
                });
    }

    private static boolean isShown(Path name) {
        return !AioFileWriter.isTemporary(name.getFileName().toString());
    }

    private void look() {
        int end = Math.min(names.size(), MAX_ENTRIES);
        while (next < end && pending < AT_ONCE) {
            Path name = names.get(next++);
            pending++;
            exchange.then(
                    files.attributes(name, LinkOption.NOFOLLOW_LINKS),
                    attributes -> seen(name, name, attributes),
                    late -> {},
                    gone -> looked());
        }
        if (pending == 0 && !sent) {
            sent = true;
            send();
        }
    }

    private void seen(Path name, Path target, AioFileAttributes attributes) {
        if (attributes.kind() == Kind.SYMBOLIC_LINK && name.equals(target)) {
            follow(name);
            return;
        }
        if (attributes.isRegularFile() || attributes.isDirectory()) {
            entries.add(Entry.of(name, attributes));
        }
        looked();
    }

    private void follow(Path link) {
        exchange.then(
                files.realPath(link),
                real -> {
                    if (!real.startsWith(root)) {
                        looked();
                        return;
                    }
                    exchange.then(
                            files.attributes(real, LinkOption.NOFOLLOW_LINKS),
                            attributes -> seen(link, real, attributes),
                            late -> {},
                            gone -> looked());
                },
                late -> {},
                dangling -> looked());
    }

    private void looked() {
        pending--;
        look();
    }

    /** Sorting and writing a large page takes too long for a loop. */
    private void send() {
        Promise<byte[]> page = exchange.loop().newPromise();
        CompletableFuture.supplyAsync(this::page)
                .whenComplete(
                        (bytes, failure) -> {
                            if (failure == null) {
                                page.setSuccess(bytes);
                            } else {
                                page.setFailure(failure);
                            }
                        });
        exchange.then(
                page,
                bytes -> {
                    HttpResponse head = exchange.head(HttpResponseStatus.OK);
                    PageStyle.set(head.headers());
                    exchange.send(head, bytes);
                });
    }

    private byte[] page() {
        SortOrder order = SortOrder.of(path.query());
        entries.sort(order.comparator());
        int cut = names.size() > MAX_ENTRIES ? names.size() : 0;
        return DirectoryPage.render(path.names(), entries, order, cut)
                .getBytes(StandardCharsets.UTF_8);
    }
}
