// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
//
// Holds the constants and offsets that Java owns against what this machine's headers say. A
// difference fails the build; this file makes no code.

#include "aion.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io_github_aionetty_nativeaio_CallTime.h"
#include "io_github_aionetty_nativeaio_Errno.h"
#include "io_github_aionetty_nativeaio_EventFd.h"
#include "io_github_aionetty_nativeaio_ExtentMap.h"
#include "io_github_aionetty_nativeaio_FileStatus.h"
#include "io_github_aionetty_nativeaio_IoEvents.h"
#include "io_github_aionetty_nativeaio_Iocb.h"
#include "io_github_aionetty_nativeaio_MappedEvents.h"
#include "io_github_aionetty_nativeaio_OpenFlags.h"

// The name is pasted in every macro by itself: handed on to another one it would be expanded first.
#define SAME(class, name, value) \
    _Static_assert((int32_t)io_github_aionetty_nativeaio_##class##_##name == (int32_t)(value), \
                   "Java's " #class "." #name)
#define SAME_NAME(class, name) \
    _Static_assert((int32_t)io_github_aionetty_nativeaio_##class##_##name == (int32_t)(name), \
                   "Java's " #class "." #name)
#define SAME_OFFSET(class, name, type, field) \
    _Static_assert((int32_t)io_github_aionetty_nativeaio_##class##_##name == \
                       (int32_t)offsetof(struct type, field), \
                   "Java's " #class "." #name)

SAME_NAME(Errno, EPERM);
SAME_NAME(Errno, ENOENT);
SAME_NAME(Errno, EINTR);
SAME_NAME(Errno, EIO);
SAME_NAME(Errno, ENXIO);
SAME_NAME(Errno, EBADF);
SAME_NAME(Errno, EAGAIN);
SAME_NAME(Errno, ENOMEM);
SAME_NAME(Errno, EACCES);
SAME_NAME(Errno, EFAULT);
SAME_NAME(Errno, EBUSY);
SAME_NAME(Errno, EEXIST);
SAME_NAME(Errno, EXDEV);
SAME_NAME(Errno, ENODEV);
SAME_NAME(Errno, ENOTDIR);
SAME_NAME(Errno, EISDIR);
SAME_NAME(Errno, EINVAL);
SAME_NAME(Errno, ENFILE);
SAME_NAME(Errno, EMFILE);
SAME_NAME(Errno, ETXTBSY);
SAME_NAME(Errno, EFBIG);
SAME_NAME(Errno, ENOSPC);
SAME_NAME(Errno, ESPIPE);
SAME_NAME(Errno, EROFS);
SAME_NAME(Errno, EMLINK);
SAME_NAME(Errno, EPIPE);
SAME_NAME(Errno, ENAMETOOLONG);
SAME_NAME(Errno, ENOSYS);
SAME_NAME(Errno, ENOTEMPTY);
SAME_NAME(Errno, ELOOP);
SAME_NAME(Errno, EOVERFLOW);
SAME_NAME(Errno, EOPNOTSUPP);
SAME_NAME(Errno, EINPROGRESS);
SAME_NAME(Errno, ESTALE);
SAME_NAME(Errno, EDQUOT);
SAME_NAME(Errno, ECANCELED);

SAME_NAME(EventFd, EFD_SEMAPHORE);
SAME_NAME(EventFd, EFD_NONBLOCK);
SAME_NAME(EventFd, EFD_CLOEXEC);

SAME_NAME(OpenFlags, O_ACCMODE);
SAME_NAME(OpenFlags, O_RDONLY);
SAME_NAME(OpenFlags, O_WRONLY);
SAME_NAME(OpenFlags, O_RDWR);
SAME_NAME(OpenFlags, O_CREAT);
SAME_NAME(OpenFlags, O_EXCL);
SAME_NAME(OpenFlags, O_NOCTTY);
SAME_NAME(OpenFlags, O_TRUNC);
SAME_NAME(OpenFlags, O_APPEND);
SAME_NAME(OpenFlags, O_NONBLOCK);
SAME_NAME(OpenFlags, O_DSYNC);
SAME_NAME(OpenFlags, O_NOATIME);
SAME_NAME(OpenFlags, O_CLOEXEC);
SAME_NAME(OpenFlags, O_SYNC);
SAME_NAME(OpenFlags, O_PATH);
SAME_NAME(OpenFlags, SEEK_SET);
SAME_NAME(OpenFlags, SEEK_CUR);
SAME_NAME(OpenFlags, SEEK_END);
SAME_NAME(OpenFlags, SEEK_DATA);
SAME_NAME(OpenFlags, SEEK_HOLE);
SAME_NAME(OpenFlags, FALLOC_FL_KEEP_SIZE);
SAME_NAME(OpenFlags, FALLOC_FL_PUNCH_HOLE);
SAME_NAME(OpenFlags, FALLOC_FL_ZERO_RANGE);
SAME_NAME(OpenFlags, AT_FDCWD);
SAME_NAME(OpenFlags, RESOLVE_NO_XDEV);
SAME_NAME(OpenFlags, RESOLVE_BENEATH);
SAME_NAME(OpenFlags, RESOLVE_CACHED);
SAME(OpenFlags, TMPFILE_BIT, O_TMPFILE & ~O_DIRECTORY);
#ifdef __aarch64__
SAME(OpenFlags, O_DIRECT_AARCH_64, O_DIRECT);
SAME(OpenFlags, O_DIRECTORY_AARCH_64, O_DIRECTORY);
SAME(OpenFlags, O_NOFOLLOW_AARCH_64, O_NOFOLLOW);
#else
SAME(OpenFlags, O_DIRECT_X86_64, O_DIRECT);
SAME(OpenFlags, O_DIRECTORY_X86_64, O_DIRECTORY);
SAME(OpenFlags, O_NOFOLLOW_X86_64, O_NOFOLLOW);
#endif

SAME(Iocb, PREAD, IOCB_CMD_PREAD);
SAME(Iocb, PWRITE, IOCB_CMD_PWRITE);
SAME(Iocb, FSYNC, IOCB_CMD_FSYNC);
SAME(Iocb, FDSYNC, IOCB_CMD_FDSYNC);
SAME(Iocb, POLL, IOCB_CMD_POLL);
SAME(Iocb, NOOP, IOCB_CMD_NOOP);
SAME(Iocb, PREADV, IOCB_CMD_PREADV);
SAME(Iocb, PWRITEV, IOCB_CMD_PWRITEV);
SAME_NAME(Iocb, IOCB_FLAG_RESFD);
SAME_NAME(Iocb, IOCB_FLAG_IOPRIO);
SAME_NAME(Iocb, RWF_HIPRI);
SAME_NAME(Iocb, RWF_DSYNC);
SAME_NAME(Iocb, RWF_SYNC);
SAME_NAME(Iocb, RWF_NOWAIT);
SAME_NAME(Iocb, RWF_APPEND);
SAME_NAME(Iocb, POLLIN);
// MAX_RW_COUNT of the kernel, with the smallest page there is.
SAME(Iocb, MAX_TRANSFER, INT32_MAX & ~4095);
SAME(Iocb, SIZE, sizeof(struct iocb));
SAME_OFFSET(Iocb, DATA, iocb, aio_data);
SAME_OFFSET(Iocb, KEY, iocb, aio_key);
SAME_OFFSET(Iocb, RW_FLAGS, iocb, aio_rw_flags);
SAME_OFFSET(Iocb, OPCODE, iocb, aio_lio_opcode);
SAME_OFFSET(Iocb, REQPRIO, iocb, aio_reqprio);
SAME_OFFSET(Iocb, FD, iocb, aio_fildes);
SAME_OFFSET(Iocb, ADDRESS, iocb, aio_buf);
SAME_OFFSET(Iocb, LENGTH, iocb, aio_nbytes);
SAME_OFFSET(Iocb, OFFSET, iocb, aio_offset);
SAME_OFFSET(Iocb, RESERVED, iocb, aio_reserved2);
SAME_OFFSET(Iocb, FLAGS, iocb, aio_flags);
SAME_OFFSET(Iocb, RESFD, iocb, aio_resfd);

SAME(IoEvents, EVENT_SIZE, sizeof(struct io_event));
SAME_OFFSET(IoEvents, DATA, io_event, data);
SAME_OFFSET(IoEvents, OBJ, io_event, obj);
SAME_OFFSET(IoEvents, RES, io_event, res);
SAME_OFFSET(IoEvents, RES2, io_event, res2);

SAME(CallTime, SIZE, sizeof(struct aion_call_time));
SAME_OFFSET(CallTime, THRESHOLD, aion_call_time, threshold);
SAME_OFFSET(CallTime, NANOS, aion_call_time, nanos);
SAME_OFFSET(CallTime, SWITCHES, aion_call_time, switches);

SAME(MappedEvents, MAGIC_VALUE, AION_RING_MAGIC);
SAME(MappedEvents, HEADER_SIZE, sizeof(struct aion_ring));
SAME_OFFSET(MappedEvents, ID, aion_ring, id);
SAME_OFFSET(MappedEvents, NR, aion_ring, nr);
SAME_OFFSET(MappedEvents, HEAD, aion_ring, head);
SAME_OFFSET(MappedEvents, TAIL, aion_ring, tail);
SAME_OFFSET(MappedEvents, MAGIC, aion_ring, magic);
SAME_OFFSET(MappedEvents, COMPAT_FEATURES, aion_ring, compat_features);
SAME_OFFSET(MappedEvents, INCOMPAT_FEATURES, aion_ring, incompat_features);
SAME_OFFSET(MappedEvents, HEADER_LENGTH, aion_ring, header_length);

SAME(FileStatus, SIZE, sizeof(struct aion_file_status));
SAME_OFFSET(FileStatus, MODE, aion_file_status, mode);
SAME_OFFSET(FileStatus, FILE_SIZE, aion_file_status, size);
SAME_OFFSET(FileStatus, INODE, aion_file_status, inode);
SAME_OFFSET(FileStatus, DEVICE_MAJOR, aion_file_status, device_major);
SAME_OFFSET(FileStatus, DEVICE_MINOR, aion_file_status, device_minor);
SAME_OFFSET(FileStatus, BLOCK_SIZE, aion_file_status, block_size);
SAME_OFFSET(FileStatus, MTIME_SECONDS, aion_file_status, mtime_seconds);
SAME_OFFSET(FileStatus, MTIME_NANOS, aion_file_status, mtime_nanos);
SAME_OFFSET(FileStatus, DIO_MEM_ALIGN, aion_file_status, dio_mem_align);
SAME_OFFSET(FileStatus, DIO_OFFSET_ALIGN, aion_file_status, dio_offset_align);
SAME_OFFSET(FileStatus, FS_TYPE, aion_file_status, fs_type);
SAME_OFFSET(FileStatus, FS_BLOCK_SIZE, aion_file_status, fs_block_size);
SAME_OFFSET(FileStatus, HARD_LINKS, aion_file_status, hard_links);
SAME_OFFSET(FileStatus, BLOCKS, aion_file_status, blocks);
SAME_OFFSET(FileStatus, CTIME_SECONDS, aion_file_status, ctime_seconds);
SAME_OFFSET(FileStatus, CTIME_NANOS, aion_file_status, ctime_nanos);
SAME_OFFSET(FileStatus, SPECIAL_MAJOR, aion_file_status, special_major);
SAME_OFFSET(FileStatus, SPECIAL_MINOR, aion_file_status, special_minor);
SAME_NAME(FileStatus, S_IFMT);
SAME_NAME(FileStatus, S_IFSOCK);
SAME_NAME(FileStatus, S_IFLNK);
SAME_NAME(FileStatus, S_IFREG);
SAME_NAME(FileStatus, S_IFBLK);
SAME_NAME(FileStatus, S_IFDIR);
SAME_NAME(FileStatus, S_IFCHR);
SAME_NAME(FileStatus, S_IFIFO);

SAME(ExtentMap, FLAG_SYNC, FIEMAP_FLAG_SYNC);
SAME(ExtentMap, EXTENT_LAST, FIEMAP_EXTENT_LAST);
SAME(ExtentMap, EXTENT_UNKNOWN, FIEMAP_EXTENT_UNKNOWN);
SAME(ExtentMap, EXTENT_DELALLOC, FIEMAP_EXTENT_DELALLOC);
SAME(ExtentMap, EXTENT_ENCODED, FIEMAP_EXTENT_ENCODED);
SAME(ExtentMap, EXTENT_NOT_ALIGNED, FIEMAP_EXTENT_NOT_ALIGNED);
SAME(ExtentMap, EXTENT_DATA_INLINE, FIEMAP_EXTENT_DATA_INLINE);
SAME(ExtentMap, EXTENT_UNWRITTEN, FIEMAP_EXTENT_UNWRITTEN);
SAME(ExtentMap, EXTENT_SHARED, FIEMAP_EXTENT_SHARED);
SAME(ExtentMap, HEADER_SIZE, sizeof(struct fiemap));
SAME_OFFSET(ExtentMap, MAPPED_EXTENTS, fiemap, fm_mapped_extents);
SAME(ExtentMap, EXTENT_SIZE, sizeof(struct fiemap_extent));
SAME_OFFSET(ExtentMap, LOGICAL, fiemap_extent, fe_logical);
SAME_OFFSET(ExtentMap, PHYSICAL, fiemap_extent, fe_physical);
SAME_OFFSET(ExtentMap, LENGTH, fiemap_extent, fe_length);
SAME_OFFSET(ExtentMap, FLAGS, fiemap_extent, fe_flags);
