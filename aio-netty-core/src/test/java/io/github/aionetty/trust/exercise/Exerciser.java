// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.trust.exercise;

import io.github.aionetty.AioFile;
import io.github.aionetty.support.Futures;
import io.github.aionetty.support.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Random operations on one file, by several handles and loops at once. Everything drawn depends on
 * the seed alone, never on timing: the same seed draws the same operations.
 *
 * <p>A session opens the file some times and closes it again; it has some rounds, each of its own
 * {@link Profile}. When a round has ended and nothing is in flight, all of the file is compared
 * with the model, by every handle.
 */
final class Exerciser implements AutoCloseable {
    /** No position reaches it. */
    static final int LIMIT = 4 << 20;

    private static final int PATIENCE_SECONDS = 60;
    private static final int SESSIONS_OF_A_FILE = 8;

    private final SplittableRandom random;
    private final Path directory;
    private final Handles handles;
    private final Content content = new Content(LIMIT);
    private final ByteOracle bytes = new ByteOracle(content, LIMIT);
    private final SizeOracle sizes = new SizeOracle();
    private final Verdict verdict = new Verdict(bytes, sizes, LIMIT);
    private final BlockingQueue<Step> completed = new LinkedBlockingQueue<>();
    private final Caller caller = new Caller(content, completed::add);
    private final Set<Step> inFlight = new HashSet<>();
    private final Deque<Handles.Opening> openings = new ArrayDeque<>();
    final Tally tally = new Tally();

    private Path path;
    private int versions;

    /**
     * The size, if all that was drawn had happened in that order: draws do not depend on timing.
     */
    private int nominal;

    private Step previous;
    private Handle closed;

    Exerciser(Subject subject, long seed) {
        random = new SplittableRandom(seed);
        directory = subject.directory();
        handles = new Handles(subject, random.split());
    }

    /** Runs sessions until that many operations are done, or that much time has passed. */
    void run(long operations, long nanos) throws Exception {
        long begin = System.nanoTime();
        int session = 0;
        while (tally.operations() < operations && System.nanoTime() - begin < nanos) {
            if (session++ % SESSIONS_OF_A_FILE == 0) {
                newFile();
            }
            session();
        }
        tally.ended(System.nanoTime() - begin, verdict.checkedBytes());
    }

    private void newFile() throws IOException {
        if (path != null) {
            Files.delete(path);
        }
        path = Files.createTempFile(directory, "exercise", "");
        settle(new byte[0], 0);
        nominal = 0;
        verdict.newFile();
    }

    private void session() throws Exception {
        AioFile first = open(true).file;
        acceptCut(first);
        int more = random.nextInt(5);
        for (int i = 0; i < more; i++) {
            openings.add(handles.open(path, random.nextInt(6) != 0));
        }
        int rounds = 1 + random.nextInt(3);
        for (int i = 0; i < rounds; i++) {
            round(new Profile(random.split()));
        }
        closeAll();
    }

    private Handle open(boolean writable) {
        Handles.Opening opening = handles.open(path, writable);
        tally.opened();
        return handles.add(opening, Futures.get(opening.file()));
    }

    /**
     * The first open that allocates ahead may cut off what was allocated before and never written:
     * whole blocks of zeros at the end.
     */
    private void acceptCut(AioFile file) {
        int size = Math.toIntExact(Futures.get(file.size()));
        int before = sizes.settled();
        if (size != before) {
            require(handles.all().get(0).name.contains("ahead"), "an open has set size " + size);
            require(size < before && size % 4096 == 0, "an open has cut " + before + " to " + size);
            byte[] zeros = new byte[before - size];
            long now = Ticks.next();
            String wrong = bytes.check(now, now, size, zeros, zeros.length);
            require(wrong == null, "an open has cut off data: " + wrong);
            sizes.settle(size);
            resizeToNominal();
        }
    }

    private void round(Profile profile) throws Exception {
        for (int i = 0; i < profile.steps; i++) {
            if (!openings.isEmpty() && random.nextInt(4) == 0) {
                awaitOpening();
            }
            Step.Kind kind = profile.kind();
            if (kind == null) {
                openOrShare(profile.opens());
                continue;
            }
            Step step = profile.step(kind, handleFor(kind), nominal);
            if (step.handle != null) {
                boolean alone = profile.resizesAlone && step.changesSize() && !isWrite(step);
                awaitInFlight(alone ? 0 : profile.inFlight - 1);
                launch(step);
                if (alone) {
                    awaitInFlight(0);
                }
            }
        }
        awaitInFlight(0);
        while (!openings.isEmpty()) {
            awaitOpening();
        }
        verify();
        tally.round();
    }

    private static boolean isWrite(Step step) {
        return step.kind == Step.Kind.WRITE;
    }

    private void openOrShare(boolean opens) {
        tally.opened();
        if (opens) {
            openings.add(handles.open(path, random.nextInt(6) != 0));
        } else {
            handles.share();
        }
    }

    private void awaitOpening() {
        Handles.Opening opening = openings.remove();
        handles.add(opening, Futures.get(opening.file()));
    }

    /** {@code null} if there is none for this kind. */
    private Handle handleFor(Step.Kind kind) {
        switch (kind) {
            case CLOSE:
                Handle leaving = handles.removeAny();
                closed = leaving == null ? closed : leaving;
                return leaving;
            case AFTER_CLOSE:
                return closed;
            case WRITE, TRUNCATE, ALLOCATE:
                return handles.any(true);
            default:
                return handles.any(false);
        }
    }

    private void launch(Step step) {
        if (isWrite(step)) {
            step.version = ++versions;
        }
        if (step.changesSize()) {
            nominal =
                    step.kind == Step.Kind.TRUNCATE ? step.size() : Math.max(nominal, step.size());
        }
        bytes.add(step);
        sizes.add(step);
        inFlight.add(step);
        tally.drawn(step);
        caller.call(step, previous);
        previous = step;
    }

    /** Takes up completed steps until at most so many are in flight. */
    private void awaitInFlight(int most) throws InterruptedException {
        Step step = completed.poll();
        while (step != null || inFlight.size() > most) {
            if (step == null) {
                step = completed.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                require(step != null, "not completed after 60 s: " + inFlight);
            }
            inFlight.remove(step);
            tally.completed(step);
            String wrong = verdict.of(step);
            if (wrong != null) {
                throw new AssertionError(step + " " + wrong, step.failure);
            }
            step = completed.poll();
        }
    }

    /** Nothing is in flight: every handle sees the same bytes, and they are legal. */
    private void verify() throws Exception {
        Handle first = handles.all().get(0);
        Futures.get(first.file.fsync());
        long size = Futures.get(first.file.size());
        long now = Ticks.next();
        require(sizes.isPossible(size, now, now), "size " + size + "; " + sizes.explain());
        byte[] all = read(first, (int) size);
        String wrong = bytes.check(now, now, 0, all, all.length);
        require(wrong == null, first + ": " + wrong);
        settle(all, all.length);
        for (Handle handle : handles.all()) {
            int mismatch = Arrays.mismatch(all, read(handle, all.length));
            require(mismatch < 0, handle + " and " + first + " differ at byte " + mismatch);
        }
        resizeToNominal();
    }

    private void settle(byte[] all, int size) {
        bytes.settle(all, size);
        sizes.settle(size);
    }

    /** After racing resizes the size is another one than the draws are about. */
    private void resizeToNominal() {
        int size = sizes.settled();
        if (size != nominal) {
            Handle first = handles.all().get(0);
            Futures.get(first.file.truncate(nominal));
            bytes.cut(nominal);
            sizes.settle(nominal);
        }
    }

    private static byte[] read(Handle handle, int size) {
        var data = Futures.get(handle.file.read(0, size + 1));
        try {
            require(data.readableBytes() == size, handle + " read " + data + ", not " + size);
            byte[] read = new byte[size];
            data.readBytes(read);
            return read;
        } finally {
            data.release();
        }
    }

    private void closeAll() throws Exception {
        List<Handle> leaving = handles.removeAll();
        for (Handle handle : leaving) {
            launch(new Step(Step.Kind.CLOSE, handle, 0, 0));
        }
        closed = null;
        awaitInFlight(0);
        long size = Files.size(path);
        require(size == sizes.settled(), "after the last close size " + size);
        byte[] all = Files.readAllBytes(path);
        long now = Ticks.next();
        String wrong = bytes.check(now, now, 0, all, all.length);
        require(wrong == null, "after the last close: " + wrong);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }

    @Override
    public void close() throws IOException {
        // What a failed run has left in flight ends with its loops.
        handles.close();
        List<Step> late = new ArrayList<>();
        completed.drainTo(late);
        late.forEach(verdict::of);
        Files.deleteIfExists(path);
    }
}
