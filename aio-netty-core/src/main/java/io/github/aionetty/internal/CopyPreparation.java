// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.internal;

import io.github.aionetty.AioOpenOption;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The beginning of a copy: looks at the files, and opens them. What is no regular file with
 * something in it, the JDK copies, and what the file system can copy by itself, it does. On a
 * helper.
 */
final class CopyPreparation implements CopyTask.Call<PreparedCopy> {
    /** Below that a copy is faster through the page cache: nobody waits for the disk's writes. */
    private static final long DIRECT_FROM = 8L << 20;

    private final DefaultAioContext context;
    private final Path source;
    private final Path target;
    private final CopyOption[] given;
    private final CopyOptions options;
    private final Promise<Void> promise;

    CopyPreparation(
            DefaultAioContext context,
            Path source,
            Path target,
            CopyOption[] given,
            Promise<Void> promise) {
        this.context = context;
        this.source = source;
        this.target = target;
        this.given = given;
        this.options = CopyOptions.of(given);
        this.promise = promise;
    }

    /** {@code null} where nothing is left to do. */
    @Override
    public PreparedCopy run() throws IOException {
        if (promise.isDone()) {
            return null;
        }
        if (Files.readAttributes(source, BasicFileAttributes.class, options.links()).isOther()) {
            // The JDK would wait for a FIFO's writer, and read a device until the disk is full.
            throw new FileSystemException(
                    source.toString(),
                    null,
                    "is a FIFO, a socket or a device; only regular files, directories and symbolic"
                            + " links can be copied");
        }
        TemporaryName.checkReplaceable(target);
        CopySource attributes =
                CopySource.isKnown() ? CopySource.of(source, options.links()) : null;
        if (attributes == null || !attributes.regular()) {
            byJdk(target);
            return null;
        }
        CopyTarget name = new CopyTarget(context.sys, target, options.replace());
        if (!name.check(attributes)) {
            return null;
        }
        if (attributes.size() == 0) {
            // Or one that has no size and can be read all the same, as those of /proc.
            empty(name);
            return null;
        }
        return open(attributes, name);
    }

    /** All of it, in one go. */
    private void byJdk(Path to) throws IOException {
        if (promise.setUncancellable()) {
            Files.copy(source, to, given);
        }
    }

    private void empty(CopyTarget name) throws IOException {
        try {
            byJdk(name.temporary);
            if (!promise.isCancelled()) {
                name.publish();
            }
        } catch (IOException e) {
            name.discard();
            throw name.named(e);
        }
    }

    private PreparedCopy open(CopySource found, CopyTarget name) throws IOException {
        boolean large = found.size() >= DIRECT_FROM;
        OpenFile from = open(source, large, Set.of(StandardOpenOption.READ));
        OpenFile to = null;
        boolean success = false;
        try {
            // Of what is open: the path may mean another file by now.
            OpenName opened = OpenName.of(from, !options.noFollow());
            CopySource attributes = CopySource.of(opened);
            if (!attributes.regular()) {
                throw new FileSystemException(
                        source.toString(), null, "exchanged for no regular file meanwhile");
            }
            FileAttribute<?> permissions = attributes.permissions(options.attributes());
            Set<OpenOption> create =
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            to = open(name.temporary, large, create, permissions);
            name.madeAs(CopySource.of(OpenName.of(to, false)));
            long size = from.attributes().size();
            boolean shared = to.shareExtentsOf(from);
            if (shared) {
                // Others may have cut the source in between.
                size = Math.min(size, to.attributes().size());
            }
            success = true;
            return new PreparedCopy(
                    opened, name, attributes, options.attributes(), from, to, size, shared);
        } catch (IOException e) {
            throw name.named(e);
        } finally {
            if (!success) {
                Closing.logged(from);
                if (to != null) {
                    Closing.logged(to);
                }
                // Also where it could not be opened: it may have been made all the same.
                name.discard();
            }
        }
    }

    private OpenFile open(
            Path path, boolean large, Set<OpenOption> how, FileAttribute<?>... attributes)
            throws IOException {
        Set<OpenOption> all = new HashSet<>(how);
        all.addAll(List.of(options.links()));
        // Without the native library the file that is made is opened by its name a second time.
        if (!large || context.sys == null) {
            return Opener.open(context.sys, new OpenRequest(path, all, attributes));
        }
        all.add(AioOpenOption.DIRECT);
        return Opener.directIfPossible(
                context.sys,
                new OpenRequest(path, all, attributes),
                FileSystemKind::copiesDirectly);
    }
}
