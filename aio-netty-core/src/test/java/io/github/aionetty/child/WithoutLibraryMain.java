// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.child;

import static io.github.aionetty.support.Futures.failure;
import static io.github.aionetty.support.Futures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.aionetty.Aio;
import io.github.aionetty.AioBuffers;
import io.github.aionetty.AioContext;
import io.github.aionetty.AioDirectory;
import io.github.aionetty.AioEngine;
import io.github.aionetty.AioException;
import io.github.aionetty.AioFile;
import io.github.aionetty.AioFiles;
import io.github.aionetty.AioOpenOption;
import io.github.aionetty.support.BufferKind;
import io.github.aionetty.support.Pattern;
import io.github.aionetty.support.TestLoops;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The contract in short, where there is no native library: arguments are directory, loop kind. */
public final class WithoutLibraryMain {
    private static final OpenOption[] CREATE = {
        StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE
    };
    private final Path directory;
    private final AioContext context;
    private final AioContext other;
    private int serial;

    private WithoutLibraryMain(Path directory, TestLoops loops) {
        this.directory = directory;
        context = AioContext.of(loops.next());
        other = AioContext.of(loops.next());
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        boolean epoll = arguments[1].equals("epoll");
        try (TestLoops loops = epoll ? TestLoops.epoll(2) : TestLoops.nio(2)) {
            assertThat(Aio.isAvailable()).isFalse();
            assertThat(Aio.unavailabilityCause()).hasMessageContaining("add the dependency");
            assertThatThrownBy(Aio::ensureAvailability)
                    .isInstanceOf(UnsatisfiedLinkError.class)
                    .hasMessageContaining("add the dependency");
            WithoutLibraryMain main = new WithoutLibraryMain(directory, loops);
            assertThat(main.context.engine()).isEqualTo(AioEngine.THREAD_POOL);
            for (boolean direct : new boolean[] {false, true}) {
                main.opens(direct);
                main.readsAndWrites(direct);
                main.resizes(direct);
                main.closes(direct);
                main.directories(direct);
            }
            main.rejectsBadPaths();
        }
        awaitNoSlabs();
        System.out.println("all checked");
        System.exit(0);
    }

    private static void awaitNoSlabs() {
        org.awaitility.Awaitility.await().until(() -> AioBuffers.slabMemory() == 0);
    }

    private AioFile open(Path path, boolean direct, OpenOption... options) {
        List<OpenOption> all = new ArrayList<>(Arrays.asList(options));
        if (direct) {
            all.add(AioOpenOption.DIRECT);
        }
        return get(context.open(path, Set.copyOf(all)));
    }

    private Path newPath() {
        return directory.resolve("file" + serial++);
    }

    private void opens(boolean direct) throws IOException {
        Path path = newPath();
        AioFile file = open(path, direct, CREATE);
        assertThat(file.isDirect()).isEqualTo(direct);
        get(file.close());
        Throwable exists =
                failure(
                        context.open(
                                path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW));
        assertThat(exists).isInstanceOf(FileAlreadyExistsException.class);
        Files.write(path, new byte[100]);
        file = open(path, direct, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        get(file.close());
        assertThat(path).isEmptyFile();
        Path gone = newPath();
        file =
                open(
                        gone,
                        direct,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.DELETE_ON_CLOSE);
        get(file.write(Unpooled.wrappedBuffer(new byte[5000]), 1));
        get(file.close());
        assertThat(gone).doesNotExist();
        AioFile reader = open(path, direct, StandardOpenOption.READ);
        ByteBuf src = Unpooled.directBuffer().writeLong(1);
        assertThat(failure(reader.write(src, 0))).isNotNull();
        assertThat(src.refCnt()).isZero();
        assertThat(failure(reader.truncate(0))).isNotNull();
        get(reader.close());
    }

    private void readsAndWrites(boolean direct) throws IOException {
        Path path = newPath();
        AioFile file = open(path, direct, CREATE);
        AioFile second = file.on(other.eventLoop());
        byte[] model = new byte[600_000];
        int size = 0;
        int seed = 0;
        for (BufferKind kind : BufferKind.values()) {
            for (int position : new int[] {0, 1, 511, 8192, 65_536}) {
                for (int length : new int[] {1, 512, 4096, 5000, 300_000}) {
                    byte[] bytes = Pattern.bytes(position, length, ++seed);
                    ByteBuf src = kind.readable(context, bytes);
                    assertThat(get(file.write(src, position))).isEqualTo(length);
                    assertThat(src.refCnt()).isZero();
                    System.arraycopy(bytes, 0, model, position, length);
                    size = Math.max(size, position + length);
                    ByteBuf read = get(second.read(position, length));
                    Pattern.check(read, model, position, length);
                    read.release();
                    ByteBuf dst = kind.writable(context, length);
                    int start = dst.writerIndex();
                    assertThat(get(file.read(dst, position))).isEqualTo(length);
                    Pattern.check(dst.slice(start, length), model, position, length);
                    dst.release();
                }
            }
        }
        checkEnd(file, model, size);
        get(file.fsync());
        get(file.fdatasync());
        get(file.close());
        get(second.close());
        assertThat(path).hasBinaryContent(Arrays.copyOf(model, size));
    }

    private static void checkEnd(AioFile file, byte[] model, int size) {
        ByteBuf tail = get(file.read(size - 700, 5000));
        Pattern.check(tail, model, size - 700, 700);
        tail.release();
        ByteBuf past = get(file.read(size + 1000L, 10));
        assertThat(past.isReadable()).isFalse();
        past.release();
        ByteBuf dst = Unpooled.directBuffer(10, 10);
        assertThat(get(file.read(dst, size))).isEqualTo(-1);
        dst.writeZero(10);
        assertThat(get(file.read(dst, 0))).isZero();
        dst.release();
        assertThat(get(file.size())).isEqualTo(size);
    }

    private void resizes(boolean direct) throws IOException {
        byte[] content = Pattern.bytes(0, 10_000);
        Path path = Files.write(newPath(), content);
        AioFile file = open(path, direct, StandardOpenOption.READ, StandardOpenOption.WRITE);
        get(file.truncate(5000));
        get(file.truncate(9000));
        get(file.allocate(0, 100));
        get(file.allocate(100, 20_000));
        assertThat(get(file.attributes()).size()).isEqualTo(20_100);
        assertThat(get(file.attributes()).inode()).isEqualTo(Files.getAttribute(path, "unix:ino"));
        get(file.close());
        assertThat(path).hasBinaryContent(Arrays.copyOf(Arrays.copyOf(content, 5000), 20_100));
    }

    private void closes(boolean direct) throws IOException {
        Path path = Files.write(newPath(), Pattern.bytes(0, 100_000));
        AioFile file = open(path, direct, StandardOpenOption.READ);
        List<Future<ByteBuf>> reads = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            reads.add(file.read(i * 50, 50));
        }
        get(file.close());
        for (int i = 0; i < 1000; i++) {
            Pattern.check(reads.get(i).getNow(), Pattern.bytes(i * 50, 50), 0, 50);
            reads.get(i).getNow().release();
        }
        assertThat(failure(file.read(0, 1))).hasMessageContaining("closed");
    }

    private void directories(boolean direct) throws IOException {
        Path inside = Files.createDirectory(directory.resolve("inside" + serial++));
        Files.createSymbolicLink(inside.resolve("out"), Path.of("../outside"));
        Files.createSymbolicLink(inside.resolve("link"), Path.of("new"));
        AioFiles files = AioFiles.of(context.eventLoop());
        AioDirectory held = get(files.openDirectory(inside));
        assertThat(held.isRaceFree()).isFalse();
        assertThat(held.descriptorPath()).isEqualTo(inside.toRealPath());
        OpenOption[] options = direct ? with(CREATE, AioOpenOption.DIRECT) : CREATE;
        AioFile file = get(held.open(Path.of("link"), options));
        assertThat(file.path()).isEqualTo(inside.resolve("link"));
        get(file.close());
        assertThat(inside.resolve("new")).isEmptyFile();
        assertThat(failure(held.open(Path.of("out"), options))).hasMessageContaining("EXDEV");
        assertThat(failure(held.open(Path.of("link"), LinkOption.NOFOLLOW_LINKS)))
                .isInstanceOf(IOException.class);
        assertThat(directory.resolve("outside")).doesNotExist();
        assertThat(get(held.attributes(Path.of("new"))).size()).isZero();
        assertThat(get(held.list())).hasSize(3);
        AioDirectory same = get(held.openDirectory(Path.of("")));
        get(same.close());
        get(held.close());
        for (Path name : List.of(Path.of("out"), Path.of("link"), Path.of("new"))) {
            Files.delete(inside.resolve(name));
        }
        Files.delete(inside);
    }

    private static OpenOption[] with(OpenOption[] options, OpenOption more) {
        List<OpenOption> all = new ArrayList<>(Arrays.asList(options));
        all.add(more);
        return all.toArray(new OpenOption[0]);
    }

    private void rejectsBadPaths() {
        assertThat(failure(context.open(newPath()))).isInstanceOf(NoSuchFileException.class);
        for (Path path : List.of(directory, Path.of("/dev/zero"))) {
            assertThat(failure(context.open(path))).isInstanceOf(AioException.class);
        }
        assertThatThrownBy(() -> context.open(newPath(), StandardOpenOption.APPEND))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
