// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.scale;

import io.github.aionetty.examples.bench.Answer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.nio.file.Path;

/** One measurement, in the JVM that is made for it. */
final class ScaleMain {
    private ScaleMain() {}

    /**
     * Answers with a line of {@link Figures}.
     *
     * @param args part, how many, whether to write, the file or the files' directory, the file's
     *     size, seconds
     */
    public static void main(String[] args) {
        Answer.give(
                () ->
                        measure(
                                        new Row(
                                                Part.valueOf(args[0]),
                                                Integer.parseInt(args[1]),
                                                Boolean.parseBoolean(args[2])),
                                        Path.of(args[3]),
                                        Long.parseLong(args[4]),
                                        Double.parseDouble(args[5]))
                                .line());
    }

    private static Figures measure(Row row, Path place, long size, double seconds)
            throws Exception {
        return switch (row.part()) {
            case DEPTH -> new DepthRun(place, size).measure(loops(2), row.count(), seconds);
            case LOOPS ->
                    new LoopsRun(place, size)
                            .measure(loops(row.count()), row.count(), row.writes(), seconds);
            case FILES ->
                    new FilesRun(loops(1).next(), ManyFiles.paths(place, row.count()))
                            .measure(seconds);
        };
    }

    private static EventLoopGroup loops(int count) {
        return new MultiThreadIoEventLoopGroup(count, EpollIoHandler.newFactory());
    }
}
