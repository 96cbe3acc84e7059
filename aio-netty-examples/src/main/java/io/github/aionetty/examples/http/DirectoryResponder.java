// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioDirectory;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFileWriter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
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
    private final Tree tree;
    private final Path directory;
    private final RequestPath path;
    private final List<Entry> entries = new ArrayList<>();
    private List<Path> names;
    private int next;
    private int pending;
    private boolean sent;

    /**
     * Begins nothing yet.
     *
     * @param directory below the root
     * @param path as it was asked for
     */
    DirectoryResponder(Exchange exchange, Path directory, RequestPath path) {
        this.exchange = exchange;
        this.tree = exchange.disk().tree();
        this.directory = directory;
        this.path = path;
    }

    void list() {
        HttpRequest request = exchange.request();
        switch (Preconditions.evaluate(request.method(), request.headers(), Validators.NONE)) {
            case PROCEED -> listNames();
            case NOT_MODIFIED -> exchange.sendHead(exchange.head(HttpResponseStatus.NOT_MODIFIED));
            case PRECONDITION_FAILED -> exchange.error(HttpResponseStatus.PRECONDITION_FAILED);
        }
    }

    private void listNames() {
        exchange.then(
                tree.on(exchange.loop()).openDirectory(directory),
                this::list,
                AioDirectory::close,
                exchange::fail);
    }

    private void list(AioDirectory opened) {
        Future<List<Path>> listing = opened.list();
        opened.close(); // When it has been listed.
        exchange.then(
                listing,
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
                    tree.locate(exchange.loop(), directory.resolve(name)),
                    located -> seen(name, located.attributes()),
                    late -> {},
                    gone -> looked());
        }
        if (pending == 0 && !sent) {
            sent = true;
            send();
        }
    }

    private void seen(Path name, AioFileAttributes attributes) {
        if (attributes.isRegularFile() || attributes.isDirectory()) {
            entries.add(Entry.of(name, attributes));
        }
        looked();
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
