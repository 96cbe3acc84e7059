// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFileAttributes.Kind;
import io.github.aionetty.AioFiles;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers with the page of a directory. Lists what can be fetched and no more: no FIFO, and of a
 * link out of the root not even that it exists.
 *
 * <p>Looks at few names at once, so that a large directory does not fill the helpers' queue. All on
 * the connection's loop.
 */
final class DirectoryResponder {
    private static final int AT_ONCE = 16;

    /** A page of some megabytes; browsers have had enough of it by then, too. */
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
                    names = found.subList(0, Math.min(found.size(), MAX_ENTRIES));
                    look(found.size() > MAX_ENTRIES);
                });
    }

    private void look(boolean cut) {
        while (next < names.size() && pending < AT_ONCE) {
            Path name = names.get(next++);
            pending++;
            exchange.then(
                    files.attributes(name, LinkOption.NOFOLLOW_LINKS),
                    attributes -> seen(name, name, attributes, cut),
                    late -> {},
                    gone -> looked(cut));
        }
        if (pending == 0 && !sent) {
            sent = true;
            send(cut);
        }
    }

    private void seen(Path name, Path target, AioFileAttributes attributes, boolean cut) {
        if (attributes.kind() == Kind.SYMBOLIC_LINK && name.equals(target)) {
            follow(name, cut);
            return;
        }
        if (attributes.isRegularFile() || attributes.isDirectory()) {
            entries.add(new Entry(name.getFileName().toString(), attributes));
        }
        looked(cut);
    }

    private void follow(Path link, boolean cut) {
        exchange.then(
                files.realPath(link),
                real -> {
                    if (!real.startsWith(root)) {
                        looked(cut);
                        return;
                    }
                    exchange.then(
                            files.attributes(real, LinkOption.NOFOLLOW_LINKS),
                            attributes -> seen(link, real, attributes, cut),
                            late -> {},
                            gone -> looked(cut));
                },
                late -> {},
                dangling -> looked(cut));
    }

    private void looked(boolean cut) {
        pending--;
        look(cut);
    }

    private void send(boolean cut) {
        entries.sort(Entry.ORDER);
        String page = DirectoryPage.render(path.names(), entries, cut);
        HttpResponse head = exchange.head(HttpResponseStatus.OK);
        HttpHeaders headers = head.headers();
        headers.set(HttpHeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
        headers.set(HttpHeaderNames.CACHE_CONTROL, "no-cache");
        // Should a name ever get past the escaping, it still cannot run anything.
        headers.set(
                HttpHeaderNames.CONTENT_SECURITY_POLICY,
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action"
                        + " 'none'");
        exchange.send(head, page.getBytes(StandardCharsets.UTF_8));
    }
}
