// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import static io.github.aionetty.support.Futures.get;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFiles;
import io.github.aionetty.AioOpenOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Replaces a file as a whole, by the way that survives crashes: write, sync, move, sync; without
 * the syncs where the {@link Reporter} wants none.
 */
final class ReplaceLane extends Lane {
    private static final int LONGEST = 40_000;

    private final AioContext context;
    private final Path target;

    ReplaceLane(
            Way way, Reporter reporter, SplittableRandom random, AioContext context, Path target) {
        super(way, reporter, random);
        this.context = context;
        this.target = target;
    }

    @Override
    void step() {
        Path beside = target.resolveSibling(target.getFileName() + ".new");
        Set<OpenOption> options =
                new HashSet<>(
                        List.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE));
        if (oneIn(2)) {
            options.add(AioOpenOption.DIRECT);
        }
        if (oneIn(2)) {
            options.add(AioOpenOption.ALLOCATE_AHEAD);
        }
        AioFile file = get(context.open(beside, options));
        int length = 1 + random.nextInt(LONGEST);
        Change change = reporter.begin(way, Change.Kind.REPLACE, 0, length);
        get(file.write(buffer(context, change.content()), 0));
        get(file.truncate(length));
        if (reporter.wantsSync()) {
            get(oneIn(2) ? file.fsync() : file.fdatasync());
        }
        get(file.close());
        AioFiles files = AioFiles.of(context.eventLoop());
        get(files.move(beside, target, StandardCopyOption.ATOMIC_MOVE));
        if (reporter.wantsSync()) {
            get(files.syncDirectory(target.getParent()));
        }
        reporter.done(change);
    }
}
