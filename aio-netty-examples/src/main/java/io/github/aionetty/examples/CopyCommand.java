// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioFiles;
import io.github.aionetty.examples.bench.Printable;
import io.github.aionetty.examples.bench.Progress;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.GenericProgressiveFutureListener;
import io.netty.util.concurrent.ProgressiveFuture;
import io.netty.util.concurrent.ProgressivePromise;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code copy}: one file to another, with a bar on a terminal; an interrupt leaves no half copy.
 */
@Command(
        name = "copy",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Copies a file. Holes stay holes, and what can be shared is shared.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the copy is there",
            "1:it failed, and what was there before still is",
            "2:wrong usage",
            "128 + signal:it was interrupted: 130 by Ctrl-C, and what was there before still is"
        })
final class CopyCommand implements Callable<Integer> {
    /** A disk that hangs is not waited for: then the temporary file stays. */
    private static final int PATIENCE_SECONDS = 30;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "SOURCE", description = "The file to copy.")
    private String source;

    @Parameters(
            paramLabel = "TARGET",
            description = "The name of the copy, or a directory for one of the same name.")
    private String target;

    @Option(
            names = "--force",
            description =
                    "Replace a file that is there; a symbolic link, and not what it leads to.")
    private boolean force;

    @Option(names = "--attributes", description = "Keep times, permissions and owner.")
    private boolean attributes;

    @Option(names = "--quiet", description = "Show no progress.")
    private boolean quiet;

    @Override
    public Integer call() throws Exception {
        if (source.isEmpty() || target.isEmpty()) {
            // An unset shell variable, most likely.
            throw new ParameterException(
                    spec.commandLine(), (source.isEmpty() ? "SOURCE" : "TARGET") + " is empty");
        }
        Path from = Path.of(source);
        Path to = Path.of(target);
        if (Files.isDirectory(from)) {
            throw new IOException("a directory: " + Printable.of(source));
        }
        if (Files.isDirectory(to) && from.getFileName() != null) {
            to = to.resolve(from.getFileName());
        }
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(
                        1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        try {
            copy(group.next(), from, to);
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
        return 0;
    }

    private void copy(EventLoop loop, Path from, Path to) throws Exception {
        AioContext context = AioContext.of(loop);
        ProgressivePromise<Void> copy = loop.newProgressivePromise();
        Thread interrupt = new Thread(() -> cancel(context, copy), "cancel");
        Runtime.getRuntime().addShutdownHook(interrupt);
        try (Progress bar = Progress.ofBytes(!quiet, String.valueOf(from.getFileName()))) {
            copy.addListener(new Listener(bar));
            AioFiles.of(loop).copy(from, to, options(), copy);
            copy.await();
        }
        removeHook(interrupt);
        if (copy.isCancelled()) {
            context.close().await();
            throw new IOException("interrupted");
        }
        if (!copy.isSuccess()) {
            // All of it: a line break in a name would end the message.
            throw new IOException(Printable.of(message(copy.cause())), copy.cause());
        }
    }

    /** The JVM ends by a signal, with 128 and its number as the exit code. */
    private static void cancel(AioContext context, ProgressivePromise<Void> copy) {
        if (copy.cancel(false)) {
            // Closes behind what is in flight, and behind the removal of what was copied so far.
            context.close().awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } else {
            // It is just getting its name.
            copy.awaitUninterruptibly(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs already: the JVM ends by a signal.
            Thread.yield();
        }
    }

    private CopyOption[] options() {
        List<CopyOption> options = new ArrayList<>();
        if (force) {
            options.add(StandardCopyOption.REPLACE_EXISTING);
        }
        if (attributes) {
            options.add(StandardCopyOption.COPY_ATTRIBUTES);
        }
        return options.toArray(CopyOption[]::new);
    }

    private static String message(Throwable failure) {
        if (failure instanceof NoSuchFileException e) {
            return "no such file or directory: " + e.getFile();
        }
        if (failure instanceof FileAlreadyExistsException e) {
            return "exists already: " + e.getFile() + "; --force replaces it";
        }
        if (failure instanceof AccessDeniedException e) {
            return "no permission: " + e.getFile();
        }
        return String.valueOf(failure.getMessage());
    }

    /** Moves the bar; on the loop. */
    private record Listener(Progress bar)
            implements GenericProgressiveFutureListener<ProgressiveFuture<Void>> {
        @Override
        public void operationProgressed(ProgressiveFuture<Void> future, long progress, long total) {
            bar.at(progress, total);
        }

        @Override
        public void operationComplete(ProgressiveFuture<Void> future) {
            // Who waits for the future closes the bar.
        }
    }
}
