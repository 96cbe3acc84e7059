// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.nio.ByteBuffer;

/**
 * The native methods, registered by {@code JNI_OnLoad}; what they do is said in {@link Syscalls}
 * and {@link Memory}. Calling one before {@link NativeLibrary} has loaded the library throws
 * UnsatisfiedLinkError.
 */
final class Native {
    private Native() {}

    static native long ioSetup(int nrEvents);

    static native int ioDestroy(long context);

    static native int ioSubmit(long context, int nr, long iocbpp);

    static native int ioSubmit(long context, int nr, long iocbpp, long callTime);

    static native int ioGetEvents(long context, int minNr, int nr, long events, long timeoutNanos);

    static native int ioCancel(long context, long iocb, long event);

    static native int eventFd(int initialValue, int flags);

    static native int open(byte[] path, int flags, int mode);

    static native int openat2(int directory, byte[] path, int flags, int mode, int resolve);

    static native int close(int fd);

    static native int statx(int fd, long buffer);

    static native int statusAt(int directory, byte[] path, int flags, int resolve, long buffer);

    static native int fallocate(int fd, int mode, long offset, long length);

    static native int ftruncate(int fd, long length);

    static native int fsync(int fd);

    static native int fdatasync(int fd);

    static native int fiemap(
            int fd, long start, long length, int flags, int extentCount, long buffer);

    static native int ficlone(int fd, int sourceFd);

    static native int renameNew(byte[] path, byte[] newPath);

    static native int fcntlGetFlags(int fd);

    static native int fcntlSetFlags(int fd, int flags);

    static native int lock(int fd, boolean exclusive, long start, long length, boolean wait);

    static native long lseek(int fd, long offset, int whence);

    static native long pread(int fd, long address, long length, long position);

    static native long pwrite(int fd, long address, long length, long position);

    static native long cachestat(int fd, long offset, long length);

    static native long mincore(int fd, long offset, long length);

    static native long mmapSlab(long length);

    static native int munmap(long address, long length);

    static native long voluntarySwitches();

    static native long address(ByteBuffer direct);

    static native ByteBuffer view(long address, long capacity);

    static native int pageSize();
}
