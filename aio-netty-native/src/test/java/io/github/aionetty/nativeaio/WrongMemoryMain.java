// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Gives the library memory that is not right; each of these must end a sanitized process. */
final class WrongMemoryMain {
    /** The JVM rounds up to it, so less is not seen to be missing. */
    private static final int WORD = 8;

    private static final Syscalls SYS = LibAio.instance();

    private WrongMemoryMain() {}

    public static void main(String[] arguments) throws Exception {
        Path path = Files.write(Files.createTempFile("wrong", "memory"), new byte[4096]);
        int fd = SYS.open(path.toString().getBytes(), OpenFlags.O_RDONLY, 0);
        Files.delete(path);
        WrongMemoryMain.class.getDeclaredMethod(arguments[0], int.class).invoke(null, fd);
    }

    static void tooShortForTheLibrary(int fd) {
        SYS.statx(fd, Memory.address(ByteBuffer.allocateDirect(FileStatus.SIZE - WORD)));
    }

    static void misaligned(int fd) {
        SYS.statx(fd, Memory.address(ByteBuffer.allocateDirect(FileStatus.SIZE + 4)) + 4);
    }

    static void tooShortForTheKernel(int fd) {
        submit(fd, ByteBuffer.allocateDirect(4096 - WORD));
    }

    static void tooShortForTheEvents(int fd) {
        long context = submit(fd, ByteBuffer.allocateDirect(4096));
        ByteBuffer events = ByteBuffer.allocateDirect(2 * 32 - WORD);
        SYS.ioGetEvents(context, 1, 2, Memory.address(events), -1);
    }

    /** What an operation that does not retain its buffer comes to. */
    static void freedBeforeTheEnd(int fd) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        long context = submit(fd, buffer);
        free(buffer);
        ByteBuffer events = ByteBuffer.allocateDirect(32);
        SYS.ioGetEvents(context, 1, 1, Memory.address(events), -1);
    }

    private static void free(ByteBuffer buffer) throws Exception {
        Field unsafe = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
        unsafe.setAccessible(true);
        unsafe.getType()
                .getMethod("invokeCleaner", ByteBuffer.class)
                .invoke(unsafe.get(null), buffer);
    }

    private static long submit(int fd, ByteBuffer buffer) {
        long context = SYS.ioSetup(1);
        IocbArray iocbs = new IocbArray(1);
        iocbs.set(0, 7, Iocb.PREAD, 0, fd, Memory.address(buffer), 4096, 0, -1);
        SYS.ioSubmit(context, 1, iocbs.pointers(0));
        return context;
    }
}
