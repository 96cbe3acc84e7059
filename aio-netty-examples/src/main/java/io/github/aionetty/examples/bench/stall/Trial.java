// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench.stall;

import io.github.aionetty.AioContext;
import io.github.aionetty.AioDirectory;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFiles;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** One cell in one round: what its steps work with, and what is to be cleaned up and checked. */
final class Trial {
    /** Blocks, and fragments, that a round has for itself. */
    static final int SPOTS = 16;

    private static final int PIECE = 64 << 10;

    private record Read(AioFile file, long position, int length, ByteBuf bytes) {}

    final Place place;
    final int round;
    final AioFiles names;

    /** The file of the loop that is measured; set by the preparation. */
    AioFile file;

    /** A directory of the loop that is measured; set by the preparation. */
    AioDirectory directory;

    /** A file of the other loop; set by the preparation. */
    AioFile second;

    private final Cell cell;
    private final Queue<AioFile> opened = new ConcurrentLinkedQueue<>();
    private final Queue<Path> deleted = new ConcurrentLinkedQueue<>();
    private final Queue<Read> reads = new ConcurrentLinkedQueue<>();

    Trial(Place place, Cell cell, int round) {
        this.place = place;
        this.cell = cell;
        this.round = round;
        names = AioFiles.of(place.loop());
    }

    /** The cell's own file or directory. */
    Path path() {
        return place.directory().resolve(cell.fileName());
    }

    /** In the cell's own directory, the file of this round. */
    Path ofRound(String prefix) {
        return path().resolve(prefix + "-" + round);
    }

    /** In the cell's own directory, the name of the file of this round. */
    Path name(String prefix) {
        return ofRound(prefix).getFileName();
    }

    AioContext aio() {
        return AioContext.of(place.loop());
    }

    Expected expected(Path path) {
        return place.contents().of(path);
    }

    /** The position of a block of a dense file that only this round uses. */
    long block(int n) {
        return (round * SPOTS + n) * (long) Fixture.STRIDE;
    }

    /** The position of a fragment of a fragmented file that only this round uses. */
    long fragment(int n) {
        return ((long) round << 20) + n * (long) Fixture.STRIDE;
    }

    /** Opens on the loop that is measured. */
    CompletableFuture<AioFile> open(Path path, OpenOption... options) {
        return opened(place.loop(), path, options);
    }

    /** Opens on the other loop. */
    CompletableFuture<AioFile> openOther(Path path, OpenOption... options) {
        return opened(place.other(), path, options);
    }

    private CompletableFuture<AioFile> opened(EventLoop loop, Path path, OpenOption... options) {
        return of(AioContext.of(loop).open(path, options))
                .thenApply(
                        file -> {
                            opened.add(file);
                            return file;
                        });
    }

    /** The same open file for the other loop. */
    AioFile shared(AioFile file) {
        AioFile handle = file.on(place.other());
        opened.add(handle);
        return handle;
    }

    CompletableFuture<?> read(AioFile file, long position, int length) {
        return of(file.read(position, length))
                .thenAccept(bytes -> reads.add(new Read(file, position, length, bytes)));
    }

    CompletableFuture<?> write(AioFile file, long position, int length) {
        int seed = expected(file.path()).write(position, length);
        ByteBuf bytes = file.context().alloc().directBuffer(length);
        bytes.writeBytes(Pattern.bytes(position, length, seed));
        return of(file.write(bytes, position));
    }

    /** Writes after the end of what was written until now. */
    CompletableFuture<?> extend(AioFile file, int length) {
        return write(file, expected(file.path()).size(), length);
    }

    CompletableFuture<?> truncate(AioFile file, long size) {
        expected(file.path()).truncate(size);
        return of(file.truncate(size));
    }

    CompletableFuture<?> allocateMore(AioFile file, int length) {
        long size = expected(file.path()).size();
        expected(file.path()).allocate(size + length);
        return of(file.allocate(size, length));
    }

    CompletableFuture<?> delete(Path path) {
        deleted.add(path);
        return of(names.delete(path));
    }

    /** Begins something on the other loop. */
    CompletableFuture<?> elsewhere(Supplier<CompletionStage<?>> step) {
        return CompletableFuture.supplyAsync(step, place.other()).thenCompose(stage -> stage);
    }

    /** A Netty future as one of those that can be composed. */
    static <T> CompletableFuture<T> of(Future<T> future) {
        CompletableFuture<T> result = new CompletableFuture<>();
        future.addListener(
                done -> {
                    if (done.isSuccess()) {
                        result.complete(future.getNow());
                    } else {
                        result.completeExceptionally(done.cause());
                    }
                });
        return result;
    }

    /** Closes what was opened and checks what was read. Not on a loop. */
    void finish() throws IOException, InterruptedException {
        for (AioFile file : opened) {
            file.close().sync();
        }
        if (directory != null) {
            directory.close().sync();
        }
        IOException failure = null;
        for (Read read : reads) {
            if (!isRight(read)) {
                failure = new IOException("wrong bytes read: " + read);
            }
            read.bytes.release();
        }
        deleted.forEach(place.contents()::deleted);
        if (failure != null) {
            throw failure;
        }
    }

    /** In pieces, which leave no work for the garbage collector that would stop all loops. */
    private boolean isRight(Read read) {
        Expected expected = expected(read.file.path());
        int length = read.bytes.readableBytes();
        for (int at = 0; at < length; at += PIECE) {
            int piece = Math.min(PIECE, length - at);
            byte[] bytes = ByteBufUtil.getBytes(read.bytes, read.bytes.readerIndex() + at, piece);
            if (!Arrays.equals(bytes, expected.bytes(read.position + at, piece))) {
                return false;
            }
        }
        return expected.bytes(read.position + length, read.length - length).length == 0;
    }
}
