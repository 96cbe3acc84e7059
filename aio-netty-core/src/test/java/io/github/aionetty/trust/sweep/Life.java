// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.sweep;

import io.github.aionetty.AioClosedException;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioDirectory;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFiles;
import io.github.aionetty.internal.SweepAccess;
import io.github.aionetty.support.BufferKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One run of a scenario over a {@link FaultyKernel}: makes its contexts and operations, waits for
 * them, and judges what comes of them. On the run's own thread.
 */
final class Life {
    /** How long the library may try what the kernel refuses for the moment. */
    static final int PATIENCE_MILLIS = 10;

    /** How long a copy may wait for what will never be there. */
    private static final int GIVE_UP_MILLIS = 200;

    private static final FileAttribute<?>[] NO_ATTRIBUTES = {};
    private static final CopyOption[] NO_OPTIONS = {};

    /** An operation under way. */
    private record Step<T>(
            String name, Path path, Counted<T> promise, BiConsumer<T, Throwable> outcome) {}

    /** A context and how it was made. */
    private record Made(AioContext context, EventLoop loop, AioEngine engine, int capacity) {}

    final Path directory;
    final FaultyKernel kernel;
    private final Fault fault;
    private final Scenario scenario;
    private final EventLoop[] loops;
    private final long deadline;
    private final List<Step<?>> steps = new ArrayList<>();
    private final List<Step<?>> done = new ArrayList<>();
    private final List<Made> contexts = new ArrayList<>();
    private final List<FileModel> models = new ArrayList<>();
    private final List<CopyModel> copies = new ArrayList<>();
    private final Judge judge;
    private boolean cancelled;

    Life(
            Scenario scenario,
            Fault fault,
            Path directory,
            int readBlock,
            EventLoop[] loops,
            long deadline) {
        this.scenario = scenario;
        this.fault = fault;
        this.judge = new Judge(fault);
        this.directory = directory;
        this.loops = loops;
        this.deadline = deadline;
        this.kernel = new FaultyKernel(fault, scenario, readBlock);
    }

    List<String> complaints() {
        return judge.complaints();
    }

    /** Does not return normally where something hangs. */
    void run() throws Exception {
        scenario.live(this);
        settle();
        kernel.pause(true);
        awaitCancelled();
        for (Made made : new ArrayList<>(contexts)) {
            checkUsable(made);
        }
        kernel.pause(false);
        end();
        kernel.pause(true);
        check();
    }

    EventLoop loop(int index) {
        return loops[index];
    }

    /** Ends a loop as Netty does; does not wait. */
    void shutDown(int index) {
        judge.ending();
        loops[index].shutdownGracefully(0, 10, TimeUnit.SECONDS);
    }

    AioContext context(AioEngine engine, int capacity) {
        return context(0, engine, capacity);
    }

    /** A context, or {@code null} where it could not be made: then the scenario is over. */
    AioContext context(int index, AioEngine engine, int capacity) {
        EventLoop loop = loops[index];
        try {
            AioContext context = build(loop, engine, capacity);
            contexts.add(new Made(context, loop, engine, capacity));
            if (engine == AioEngine.AUTO && context.engine() != AioEngine.KERNEL) {
                judge.shows("falls back to " + context.engine());
            }
            return context;
        } catch (UncheckedIOException e) {
            judge.failed("build", null, e.getCause(), false);
            kernel.pause(true);
            AioContext second = build(loop, engine, capacity);
            contexts.add(new Made(second, loop, engine, capacity));
            kernel.pause(false);
            return null;
        }
    }

    private AioContext build(EventLoop loop, AioEngine engine, int capacity) {
        return SweepAccess.build(
                loop,
                kernel.syscalls(),
                engine,
                capacity,
                PATIENCE_MILLIS,
                scenario.fetchesEvents());
    }

    FileModel file(String name, int limit) {
        FileModel model = new FileModel(directory.resolve(name), limit);
        models.add(model);
        return model;
    }

    /** The file is gone in the end. */
    void forget(FileModel model) {
        models.remove(model);
    }

    /** Space that was allocated ahead may stay behind where giving it back fails. */
    void mayKeep(FileModel model, int end) {
        if (fault != null) {
            model.allocated(end, false);
        }
    }

    /** From now on operations may find their context closed. */
    void ending() {
        judge.ending();
    }

    /** Opens, and waits for it; {@code null} if it fails. */
    AioFile open(AioContext context, Path path, OpenOption... options) {
        AioFile[] opened = new AioFile[1];
        Promise<AioFile> promise =
                step(
                        context.eventLoop(),
                        "open",
                        path,
                        (AioFile file, Throwable failure) -> opened[0] = file);
        context.open(path, Set.of(options), NO_ATTRIBUTES, promise);
        settle();
        return opened[0];
    }

    /** Opens a file beneath a directory, and waits for it; {@code null} if it fails. */
    AioFile open(AioDirectory directory, FileModel model, OpenOption... options) {
        AioFile[] opened = new AioFile[1];
        Promise<AioFile> promise =
                step(
                        directory.eventLoop(),
                        "open",
                        model.path,
                        (AioFile file, Throwable failure) -> opened[0] = file);
        directory.open(model.path.getFileName(), Set.of(options), NO_ATTRIBUTES, promise);
        settle();
        return opened[0];
    }

    /** Opens a directory, and waits for it; {@code null} if it fails. */
    AioDirectory openDirectory(Path path) {
        EventLoop loop = loops[0];
        return openDirectory(loop, path, SweepAccess.files(loop, kernel.syscalls())::openDirectory);
    }

    /** The same one by the empty path. */
    AioDirectory openDirectory(AioDirectory directory) {
        return openDirectory(
                directory.eventLoop(),
                directory.path(),
                (path, promise) -> directory.openDirectory(Path.of(""), promise));
    }

    private AioDirectory openDirectory(
            EventLoop loop, Path path, BiConsumer<Path, Promise<AioDirectory>> opening) {
        AioDirectory[] opened = new AioDirectory[1];
        Promise<AioDirectory> promise =
                step(
                        loop,
                        "openDirectory",
                        path,
                        (AioDirectory directory, Throwable failure) -> opened[0] = directory);
        opening.accept(path, promise);
        settle();
        return opened[0];
    }

    void attributes(AioDirectory directory, FileModel model, boolean onLoop) {
        Promise<AioFileAttributes> promise =
                step(
                        directory.eventLoop(),
                        "attributes",
                        model.path,
                        (AioFileAttributes attributes, Throwable failure) -> {
                            if (failure == null) {
                                judge.complain(model.checkSize(attributes.size()));
                            }
                        });
        Runnable call = () -> directory.attributes(model.path.getFileName(), promise);
        if (onLoop) {
            directory.eventLoop().execute(call);
        } else {
            call.run();
        }
    }

    void close(AioDirectory directory) {
        directory.close(
                step(
                        directory.eventLoop(),
                        "close of a directory",
                        directory.path(),
                        this::succeeded));
    }

    private <T> Promise<T> step(
            EventLoop loop, String name, Path path, BiConsumer<T, Throwable> outcome) {
        Counted<T> promise = new Counted<>(loop);
        steps.add(new Step<>(name, path, promise, outcome));
        return promise;
    }

    private <T> Promise<T> step(AioFile file, String name, Consumer<Boolean> outcome) {
        return step(
                file.context().eventLoop(),
                name,
                file.path(),
                (value, failure) -> outcome.accept(failure == null));
    }

    void write(AioFile file, FileModel model, BufferKind kind, int position, int length, int seed) {
        byte[] bytes = FileModel.content(position, length, seed);
        ByteBuf source = buffer(() -> kind.readable(file.context(), bytes));
        if (source == null) {
            return;
        }
        // Ours beside the library's, so that a pooled one is nobody else's when it is looked at.
        source.retain();
        Promise<Integer> promise =
                step(
                        file.context().eventLoop(),
                        "write " + length + " at " + position,
                        file.path(),
                        (Integer written, Throwable failure) -> {
                            model.wrote(position, bytes, failure == null);
                            judge.expect(failure != null || written == length, "wrote " + written);
                            judge.expect(source.refCnt() == 1, "held or released too often");
                            source.release();
                        });
        file.write(source, position, promise);
    }

    /** {@code null} where there is no memory: that is how a fault shows, too. */
    private ByteBuf buffer(Supplier<ByteBuf> maker) {
        try {
            return maker.get();
        } catch (OutOfMemoryError e) {
            judge.noMemory(e);
            return null;
        }
    }

    void read(AioFile file, FileModel model, int position, int length) {
        Promise<ByteBuf> promise =
                step(
                        file.context().eventLoop(),
                        "read " + length + " at " + position,
                        file.path(),
                        (ByteBuf read, Throwable failure) -> {
                            if (failure == null) {
                                judge.complain(model.check(position, length, read));
                                boolean gone = read.release() || read == Unpooled.EMPTY_BUFFER;
                                judge.expect(gone, "a read buffer is still held");
                            }
                        });
        file.read(position, length, promise);
    }

    void readInto(AioFile file, FileModel model, BufferKind kind, int position, int length) {
        ByteBuf target = buffer(() -> kind.writable(file.context(), length));
        if (target == null) {
            return;
        }
        int start = target.writerIndex();
        Promise<Integer> promise =
                step(
                        file.context().eventLoop(),
                        "read into " + kind + ' ' + length + " at " + position,
                        file.path(),
                        (Integer read, Throwable failure) -> {
                            int moved = target.writerIndex() - start;
                            int expected = failure != null || read < 0 ? 0 : read;
                            judge.expect(moved == expected, "read " + read + ", index by " + moved);
                            if (failure == null) {
                                target.readerIndex(start);
                                judge.complain(model.check(position, length, target));
                            }
                            judge.expect(target.release(), "a filled buffer is still held");
                        });
        file.read(target, position, promise);
    }

    void fsync(AioFile file) {
        file.fsync(step(file, "fsync", success -> {}));
    }

    void fdatasync(AioFile file) {
        file.fdatasync(step(file, "fdatasync", success -> {}));
    }

    void truncate(AioFile file, FileModel model, int size) {
        file.truncate(size, step(file, "truncate", success -> model.truncated(size, success)));
    }

    void allocate(AioFile file, FileModel model, int position, int length) {
        file.allocate(
                position,
                length,
                step(file, "allocate", success -> model.allocated(position + length, success)));
    }

    void size(AioFile file, FileModel model) {
        file.size(
                step(
                        file.context().eventLoop(),
                        "size",
                        file.path(),
                        (Long size, Throwable failure) -> {
                            if (failure == null) {
                                judge.complain(model.checkSize(size));
                            }
                        }));
    }

    void cached(AioFile file, int position, int length) {
        file.cached(
                position,
                length,
                step(
                        file.context().eventLoop(),
                        "cached",
                        file.path(),
                        (Long cached, Throwable failure) -> {
                            if (failure == null) {
                                judge.expect(cached >= 0 && cached <= length, "cached " + cached);
                            }
                        }));
    }

    void attributes(AioFile file, FileModel model) {
        file.attributes(
                step(
                        file.context().eventLoop(),
                        "attributes",
                        file.path(),
                        (AioFileAttributes attributes, Throwable failure) -> {
                            if (failure == null) {
                                judge.complain(model.checkSize(attributes.size()));
                                judge.expect(
                                        attributes.isRegularFile(), "kind " + attributes.kind());
                            }
                        }));
    }

    /** Makes a file with a hole, and copies it. */
    void copy(String name, long size, boolean old) throws IOException {
        CopyModel copy =
                new CopyModel(
                        directory.resolve(name), size, directory.resolve(name + "-copy"), old);
        copies.add(copy);
        CopyOption[] options = {StandardCopyOption.REPLACE_EXISTING};
        Promise<Void> promise =
                step(
                        loops[0],
                        "copy",
                        null,
                        (Void nothing, Throwable failure) -> {
                            copy.copied(failure == null);
                            String told = String.valueOf(failure);
                            judge.expect(
                                    !told.contains(".part"), "a name that nobody knows: " + told);
                        });
        AioFiles.of(loops[0])
                .copy(copy.source, copy.target, copy.replaces() ? options : NO_OPTIONS, promise);
        giveUp(promise);
        settle();
    }

    /** What is missing for the moment is waited for, also if it is missing for ever. */
    private void giveUp(Promise<Void> promise) {
        try {
            while (fault != null && fault.lasting() && !promise.await(GIVE_UP_MILLIS)) {
                if (kernel.evidence().count() > 0) {
                    cancelled |= promise.cancel(false);
                }
            }
        } catch (InterruptedException e) {
            throw new Hang("a copy was interrupted");
        }
    }

    /** A copy that is cancelled is done before what it has in flight. */
    private void awaitCancelled() throws InterruptedException {
        for (Made made : contexts) {
            while (cancelled && made.context.metrics().inFlight() > 0) {
                if (System.nanoTime() > deadline) {
                    throw new Hang("what a cancelled copy has in flight does not complete");
                }
                Thread.sleep(1);
            }
        }
    }

    void close(AioFile file) {
        file.close(step(file, "close", success -> {}));
    }

    /** Closes a context that the scenario ends itself; does not wait. */
    void close(AioContext context) {
        judge.ending();
        closeNow(context);
    }

    private void closeNow(AioContext context) {
        context.close(step(context.eventLoop(), "close of a context", null, this::succeeded));
    }

    private void succeeded(Void nothing, Throwable failure) {
        judge.expect(failure == null, "closing a context failed: " + failure);
    }

    /** Waits for all that is under way, and judges it. */
    void settle() {
        List<Step<?>> waiting = new ArrayList<>(steps);
        steps.clear();
        for (Step<?> step : waiting) {
            settle(step);
        }
    }

    private <T> void settle(Step<T> step) {
        await(step.promise, step.name);
        done.add(step);
        Throwable failure = step.promise.cause();
        if (failure instanceof CancellationException) {
            judge.shows(step.name + " had to be cancelled");
        } else if (failure != null) {
            boolean closed = contexts.stream().anyMatch(made -> !made.context.isOpen());
            judge.failed(step.name, step.path, failure, closed);
        }
        step.outcome.accept(step.promise.getNow(), failure);
    }

    private void await(io.netty.util.concurrent.Future<?> future, String name) {
        try {
            if (!future.await(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                throw new Hang(name + " does not complete");
            }
        } catch (InterruptedException e) {
            throw new Hang(name + " was interrupted");
        }
    }

    /** A context must go on, or say that it is closed, and then another one is to be had. */
    private void checkUsable(Made made) throws IOException {
        if (judge.isEnding()) {
            return;
        }
        boolean open = made.context.isOpen();
        if (!open) {
            judge.expect(judge.mayClose(), "a context is closed, which nobody has done");
            Counted<AioFile> refused = new Counted<>(made.loop);
            made.context.open(
                    directory.resolve("none"),
                    Set.of(StandardOpenOption.READ),
                    NO_ATTRIBUTES,
                    refused);
            await(refused, "an open on a closed context");
            judge.expect(
                    refused.cause() instanceof AioClosedException, "refused: " + refused.cause());
        }
        AioContext context = made.context;
        if (!open) {
            context = build(made.loop, made.engine, made.capacity);
            contexts.add(new Made(context, made.loop, made.engine, made.capacity));
        }
        int before = judge.failures();
        FileModel model = file("probe" + contexts.indexOf(made), 8192);
        AioFile file =
                open(
                        context,
                        model.path,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (file != null) {
            write(file, model, BufferKind.DIRECT, 0, 5000, 77);
            settle();
            read(file, model, 0, 8000);
            settle();
            close(file);
            settle();
        }
        judge.afterwards(before);
        judge.expect(
                context.metrics().inFlight() == 0 && context.metrics().pending() == 0,
                "still in flight: " + context.metrics().inFlight());
    }

    private void end() {
        for (Made made : contexts) {
            closeNow(made.context);
        }
        settle();
    }

    private void check() throws IOException, InterruptedException {
        if (!kernel.ledger.awaitEmpty(deadline)) {
            judge.complain("not given back: " + kernel.ledger.left());
        }
        kernel.ledger.complaints().forEach(judge::complain);
        for (Step<?> step : done) {
            judge.expect(
                    step.promise.isCompletedOnce(),
                    step.name + " was completed " + step.promise.times() + " times");
        }
        for (FileModel model : models) {
            judge.complain(model.checkFile());
        }
        for (CopyModel copy : copies) {
            judge.complain(copy.check());
        }
        try (Stream<Path> names = Files.list(directory)) {
            names.filter(name -> name.toString().endsWith(".part"))
                    .forEach(name -> judge.complain("left behind: " + name));
        }
        judge.judge(kernel.evidence(), scenario);
    }

    /** Something does not come to its end. */
    static final class Hang extends RuntimeException {
        private static final long serialVersionUID = 1;

        Hang(String message) {
            super(message);
        }
    }
}
