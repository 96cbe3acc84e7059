// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.crash;

import static io.github.aionetty.support.Futures.get;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFiles;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.TestLoops;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Writes files until it is killed, every {@link Way} at once, from two event loops, and goes on
 * with what an earlier one left. Arguments: a directory, a seed, the first version, the lanes of a
 * file, when to report, the ways. A line on standard input is echoed; its end ends this.
 */
public final class WriterMain {
    private static final int FIRST_WAY = 5;

    private final Path directory;
    private final Reporter reporter;
    private final SplittableRandom random;
    private final int lanesOfAFile;
    private final AioContext[] contexts = new AioContext[2];
    private final List<Lane> lanes = new ArrayList<>();

    private WriterMain(String[] arguments) {
        directory = Path.of(arguments[0]);
        random = new SplittableRandom(Long.parseLong(arguments[1]));
        reporter =
                new Reporter(Integer.parseInt(arguments[2]), Reporter.When.valueOf(arguments[4]));
        lanesOfAFile = Integer.parseInt(arguments[3]);
    }

    public static void main(String[] arguments) throws Exception {
        WriterMain main = new WriterMain(arguments);
        List<Way> ways = new ArrayList<>();
        for (int i = FIRST_WAY; i < arguments.length; i++) {
            ways.add(Way.valueOf(arguments[i]));
        }
        main.start(ways);
        BufferedReader questions =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String question;
        while ((question = questions.readLine()) != null) {
            main.reporter.echo(question);
        }
        Runtime.getRuntime().halt(0);
    }

    private void start(List<Way> ways) {
        TestLoops loops = TestLoops.epoll(contexts.length);
        for (int i = 0; i < contexts.length; i++) {
            contexts[i] = AioContext.builder(loops.next()).engine(AioEngine.KERNEL).build();
        }
        for (Way way : ways) {
            addLanes(way);
        }
        // The names are durable before the first report.
        get(AioFiles.of(contexts[0].eventLoop()).syncDirectory(directory));
        for (Lane lane : lanes) {
            Thread thread = new Thread(lane, lane.way.fileName());
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void addLanes(Way way) {
        switch (way.pattern) {
            case SLOTS -> {
                AioFile[] handles = open(way, random);
                long size = get(handles[0].size());
                reporter.opened(way, size);
                for (int i = 0; i < lanesOfAFile; i++) {
                    lanes.add(slotLane(way, i, size, handles));
                }
            }
            case APPENDS, RESIZES -> {
                SplittableRandom opens = random.split();
                AppendLane lane =
                        new AppendLane(way, reporter, random.split(), () -> open(way, opens));
                lane.open();
                lanes.add(lane);
            }
            case REPLACES ->
                    lanes.add(
                            new ReplaceLane(way, reporter, random.split(), contexts[1], path(way)));
        }
    }

    private Lane slotLane(Way way, int lane, long size, AioFile[] handles) {
        return new SlotLane(way, reporter, random.split(), lane, lanesOfAFile, size, handles);
    }

    private Path path(Way way) {
        return directory.resolve(way.fileName());
    }

    /**
     * A handle on each loop: of one open file, or of two, of which one is direct and one buffered.
     * What allocates ahead has one, for a crash's rest is cut off only by who alone writes it.
     */
    private AioFile[] open(Way way, SplittableRandom random) {
        AioContext second = contexts[(way.ordinal() + 1) % 2];
        AioFile file = open(way, contexts[way.ordinal() % 2], false);
        AioFile other =
                way.allocatesAhead() || random.nextBoolean()
                        ? file.on(second.eventLoop())
                        : open(way, second, true);
        return new AioFile[] {file, other};
    }

    private AioFile open(Way way, AioContext context, boolean theOtherWay) {
        Set<OpenOption> options = new HashSet<>(way.options);
        if (theOtherWay && !options.remove(AioOpenOption.DIRECT)) {
            options.add(AioOpenOption.DIRECT);
        }
        options.add(StandardOpenOption.CREATE);
        options.add(StandardOpenOption.READ);
        options.add(StandardOpenOption.WRITE);
        return get(context.open(path(way), options));
    }
}
