// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

/** The real system calls. Stateless; any thread. */
public final class LibAio implements Syscalls {
    private static final LibAio INSTANCE = new LibAio();

    private LibAio() {}

    /**
     * The one instance.
     *
     * @throws UnsatisfiedLinkError if the native library is not available, with the remedy
     */
    public static LibAio instance() {
        NativeLibrary.ensureAvailability();
        return INSTANCE;
    }

    @Override
    public long ioSetup(int nrEvents) {
        return Native.ioSetup(nrEvents);
    }

    @Override
    public int ioDestroy(long context) {
        return Native.ioDestroy(context);
    }

    @Override
    public int ioSubmit(long context, int nr, long iocbpp) {
        return Native.ioSubmit(context, nr, iocbpp);
    }

    @Override
    public int ioSubmit(long context, int nr, long iocbpp, long callTime) {
        return Native.ioSubmit(context, nr, iocbpp, callTime);
    }

    @Override
    public int ioGetEvents(long context, int minNr, int nr, long events, long timeoutNanos) {
        return Native.ioGetEvents(context, minNr, nr, events, timeoutNanos);
    }

    @Override
    public int ioCancel(long context, long iocb, long event) {
        return Native.ioCancel(context, iocb, event);
    }

    @Override
    public int eventFd(int initialValue, int flags) {
        return Native.eventFd(initialValue, flags);
    }

    @Override
    public int open(byte[] path, int flags, int mode) {
        return Native.open(path, flags, mode);
    }

    @Override
    public int openat2(int directory, byte[] path, int flags, int mode, int resolve) {
        return Native.openat2(directory, path, flags, mode, resolve);
    }

    @Override
    public int close(int fd) {
        return Native.close(fd);
    }

    @Override
    public int statx(int fd, long buffer) {
        return Native.statx(fd, buffer);
    }

    @Override
    public int statusAt(int directory, byte[] path, int flags, int resolve, long buffer) {
        return Native.statusAt(directory, path, flags, resolve, buffer);
    }

    @Override
    public int fallocate(int fd, int mode, long offset, long length) {
        return Native.fallocate(fd, mode, offset, length);
    }

    @Override
    public int ftruncate(int fd, long length) {
        return Native.ftruncate(fd, length);
    }

    @Override
    public int fsync(int fd) {
        return Native.fsync(fd);
    }

    @Override
    public int fdatasync(int fd) {
        return Native.fdatasync(fd);
    }

    @Override
    public int fiemap(int fd, long start, long length, int flags, int extentCount, long buffer) {
        return Native.fiemap(fd, start, length, flags, extentCount, buffer);
    }

    @Override
    public int ficlone(int fd, int sourceFd) {
        return Native.ficlone(fd, sourceFd);
    }

    @Override
    public int renameNew(byte[] path, byte[] newPath) {
        return Native.renameNew(path, newPath);
    }

    @Override
    public int fcntlGetFlags(int fd) {
        return Native.fcntlGetFlags(fd);
    }

    @Override
    public int fcntlSetFlags(int fd, int flags) {
        return Native.fcntlSetFlags(fd, flags);
    }

    @Override
    public int lock(int fd, boolean exclusive, long start, long length, boolean wait) {
        return Native.lock(fd, exclusive, start, length, wait);
    }

    @Override
    public long lseek(int fd, long offset, int whence) {
        return Native.lseek(fd, offset, whence);
    }

    @Override
    public long pread(int fd, long address, long length, long position) {
        return Native.pread(fd, address, length, position);
    }

    @Override
    public long pwrite(int fd, long address, long length, long position) {
        return Native.pwrite(fd, address, length, position);
    }

    @Override
    public long cachestat(int fd, long offset, long length) {
        return Native.cachestat(fd, offset, length);
    }

    @Override
    public long mincore(int fd, long offset, long length) {
        return Native.mincore(fd, offset, length);
    }

    @Override
    public long mmapSlab(long length) {
        return Native.mmapSlab(length);
    }

    @Override
    public int munmap(long address, long length) {
        return Native.munmap(address, length);
    }

    @Override
    public long voluntarySwitches() {
        return Native.voluntarySwitches();
    }
}
