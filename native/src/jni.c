// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
//
// The JNI face of the functions in aion.h. No upcall, no exception, no class lookup outside of
// JNI_OnLoad.

#include "aion.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "io_github_aionetty_nativeaio_Handshake.h"
#include "netty_jni_util.h"

#ifndef AION_LIBRARY_NAME
#error "AION_LIBRARY_NAME is the file name without lib and .so; the Makefile defines it"
#endif

#define PACKAGE "io/github/aionetty/nativeaio/"
#define LENGTH_OF(array) ((jint)(sizeof(array) / sizeof((array)[0])))
#define UNUSED(env, class) ((void)(env), (void)(class))

static jlong native_io_setup(JNIEnv *env, jclass class, jint nr_events) {
    UNUSED(env, class);
    return aion_io_setup(nr_events);
}

static jint native_io_destroy(JNIEnv *env, jclass class, jlong context) {
    UNUSED(env, class);
    return aion_io_destroy(context);
}

static jint native_io_submit(JNIEnv *env, jclass class, jlong context, jint nr, jlong iocbpp) {
    UNUSED(env, class);
    return aion_io_submit(context, nr, iocbpp);
}

static jint native_io_submit_timed(JNIEnv *env, jclass class, jlong context, jint nr,
                                   jlong iocbpp, jlong time) {
    UNUSED(env, class);
    return aion_io_submit_timed(context, nr, iocbpp, time);
}

static jint native_io_getevents(JNIEnv *env, jclass class, jlong context, jint min_nr, jint nr,
                                jlong events, jlong timeout_nanos) {
    UNUSED(env, class);
    return aion_io_getevents(context, min_nr, nr, events, timeout_nanos);
}

static jint native_io_cancel(JNIEnv *env, jclass class, jlong context, jlong iocb, jlong event) {
    UNUSED(env, class);
    return aion_io_cancel(context, iocb, event);
}

static jint native_eventfd(JNIEnv *env, jclass class, jint initial_value, jint flags) {
    UNUSED(env, class);
    return aion_eventfd(initial_value, flags);
}

static jint native_close(JNIEnv *env, jclass class, jint fd) {
    UNUSED(env, class);
    return aion_close(fd);
}

static jint native_statx(JNIEnv *env, jclass class, jint fd, jlong buffer) {
    UNUSED(env, class);
    return aion_statx(fd, buffer);
}

static jint native_fallocate(JNIEnv *env, jclass class, jint fd, jint mode, jlong offset,
                             jlong length) {
    UNUSED(env, class);
    return aion_fallocate(fd, mode, offset, length);
}

static jint native_ftruncate(JNIEnv *env, jclass class, jint fd, jlong length) {
    UNUSED(env, class);
    return aion_ftruncate(fd, length);
}

static jint native_fsync(JNIEnv *env, jclass class, jint fd) {
    UNUSED(env, class);
    return aion_fsync(fd);
}

static jint native_fdatasync(JNIEnv *env, jclass class, jint fd) {
    UNUSED(env, class);
    return aion_fdatasync(fd);
}

static jint native_fiemap(JNIEnv *env, jclass class, jint fd, jlong start, jlong length,
                          jint flags, jint extent_count, jlong buffer) {
    UNUSED(env, class);
    return aion_fiemap(fd, start, length, flags, extent_count, buffer);
}

static jint native_ficlone(JNIEnv *env, jclass class, jint fd, jint source_fd) {
    UNUSED(env, class);
    return aion_ficlone(fd, source_fd);
}

static jint native_fcntl_get_flags(JNIEnv *env, jclass class, jint fd) {
    UNUSED(env, class);
    return aion_fcntl_get_flags(fd);
}

static jint native_fcntl_set_flags(JNIEnv *env, jclass class, jint fd, jint flags) {
    UNUSED(env, class);
    return aion_fcntl_set_flags(fd, flags);
}

static jint native_lock(JNIEnv *env, jclass class, jint fd, jboolean exclusive, jlong start,
                        jlong length, jboolean wait) {
    UNUSED(env, class);
    return aion_lock(fd, exclusive, start, length, wait);
}

static jlong native_lseek(JNIEnv *env, jclass class, jint fd, jlong offset, jint whence) {
    UNUSED(env, class);
    return aion_lseek(fd, offset, whence);
}

static jlong native_pread(JNIEnv *env, jclass class, jint fd, jlong address, jlong length,
                          jlong position) {
    UNUSED(env, class);
    return aion_pread(fd, address, length, position);
}

static jlong native_pwrite(JNIEnv *env, jclass class, jint fd, jlong address, jlong length,
                           jlong position) {
    UNUSED(env, class);
    return aion_pwrite(fd, address, length, position);
}

static jlong native_cachestat(JNIEnv *env, jclass class, jint fd, jlong offset, jlong length) {
    UNUSED(env, class);
    return aion_cachestat(fd, offset, length);
}

static jlong native_mincore(JNIEnv *env, jclass class, jint fd, jlong offset, jlong length) {
    UNUSED(env, class);
    return aion_mincore(fd, offset, length);
}

static jlong native_mmap_slab(JNIEnv *env, jclass class, jlong length) {
    UNUSED(env, class);
    return aion_mmap_slab(length);
}

static jint native_munmap(JNIEnv *env, jclass class, jlong address, jlong length) {
    UNUSED(env, class);
    return aion_munmap(address, length);
}

static jlong native_voluntary_switches(JNIEnv *env, jclass class) {
    UNUSED(env, class);
    return aion_voluntary_switches();
}

static jint native_page_size(JNIEnv *env, jclass class) {
    UNUSED(env, class);
    return aion_page_size();
}

// Room for PATH_MAX bytes; 0, or what is wrong with the path.
static jint copy_path(JNIEnv *env, jbyteArray path, char *bytes) {
    if (path == NULL) {
        return -EFAULT;
    }
    jsize length = (*env)->GetArrayLength(env, path);
    if (length >= PATH_MAX) {
        return -ENAMETOOLONG;
    }
    (*env)->GetByteArrayRegion(env, path, 0, length, (jbyte *)bytes);
    // A NUL inside would quietly name what stands before it.
    if (memchr(bytes, 0, (size_t)length) != NULL) {
        return -EINVAL;
    }
    bytes[length] = 0;
    return 0;
}

static jint native_open(JNIEnv *env, jclass class, jbyteArray path, jint flags, jint mode) {
    (void)class;
    char bytes[PATH_MAX];
    jint wrong = copy_path(env, path, bytes);
    return wrong != 0 ? wrong : aion_open(bytes, flags, mode);
}

static jint native_openat2(JNIEnv *env, jclass class, jint directory, jbyteArray path, jint flags,
                           jint mode, jint resolve) {
    (void)class;
    char bytes[PATH_MAX];
    jint wrong = copy_path(env, path, bytes);
    return wrong != 0 ? wrong : aion_openat2(directory, bytes, flags, mode, resolve);
}

static jint native_status_at(JNIEnv *env, jclass class, jint directory, jbyteArray path,
                             jint flags, jint resolve, jlong buffer) {
    (void)class;
    char bytes[PATH_MAX];
    jint wrong = copy_path(env, path, bytes);
    return wrong != 0 ? wrong : aion_status_at(directory, bytes, flags, resolve, buffer);
}

static jint native_rename_new(JNIEnv *env, jclass class, jbyteArray path, jbyteArray new_path) {
    (void)class;
    char bytes[PATH_MAX];
    char new_bytes[PATH_MAX];
    jint wrong = copy_path(env, path, bytes);
    if (wrong == 0) {
        wrong = copy_path(env, new_path, new_bytes);
    }
    return wrong != 0 ? wrong : aion_rename_new(bytes, new_bytes);
}

static jlong native_address(JNIEnv *env, jclass class, jobject buffer) {
    (void)class;
    return aion_address((*env)->GetDirectBufferAddress(env, buffer));
}

static jobject native_view(JNIEnv *env, jclass class, jlong address, jlong capacity) {
    (void)class;
    return (*env)->NewDirectByteBuffer(env, aion_pointer(address), capacity);
}

static const JNINativeMethod METHODS[] = {
    {"ioSetup", "(I)J", (void *)native_io_setup},
    {"ioDestroy", "(J)I", (void *)native_io_destroy},
    {"ioSubmit", "(JIJ)I", (void *)native_io_submit},
    {"ioSubmit", "(JIJJ)I", (void *)native_io_submit_timed},
    {"ioGetEvents", "(JIIJJ)I", (void *)native_io_getevents},
    {"ioCancel", "(JJJ)I", (void *)native_io_cancel},
    {"eventFd", "(II)I", (void *)native_eventfd},
    {"open", "([BII)I", (void *)native_open},
    {"openat2", "(I[BIII)I", (void *)native_openat2},
    {"close", "(I)I", (void *)native_close},
    {"statx", "(IJ)I", (void *)native_statx},
    {"statusAt", "(I[BIIJ)I", (void *)native_status_at},
    {"fallocate", "(IIJJ)I", (void *)native_fallocate},
    {"ftruncate", "(IJ)I", (void *)native_ftruncate},
    {"fsync", "(I)I", (void *)native_fsync},
    {"fdatasync", "(I)I", (void *)native_fdatasync},
    {"fiemap", "(IJJIIJ)I", (void *)native_fiemap},
    {"ficlone", "(II)I", (void *)native_ficlone},
    {"renameNew", "([B[B)I", (void *)native_rename_new},
    {"fcntlGetFlags", "(I)I", (void *)native_fcntl_get_flags},
    {"fcntlSetFlags", "(II)I", (void *)native_fcntl_set_flags},
    {"lock", "(IZJJZ)I", (void *)native_lock},
    {"lseek", "(IJI)J", (void *)native_lseek},
    {"pread", "(IJJJ)J", (void *)native_pread},
    {"pwrite", "(IJJJ)J", (void *)native_pwrite},
    {"cachestat", "(IJJ)J", (void *)native_cachestat},
    {"mincore", "(IJJ)J", (void *)native_mincore},
    {"mmapSlab", "(J)J", (void *)native_mmap_slab},
    {"munmap", "(JJ)I", (void *)native_munmap},
    {"voluntarySwitches", "()J", (void *)native_voluntary_switches},
    {"address", "(Ljava/nio/ByteBuffer;)J", (void *)native_address},
    {"view", "(JJ)Ljava/nio/ByteBuffer;", (void *)native_view},
    {"pageSize", "()I", (void *)native_page_size},
};

static int all_registered;

static jint handshake_abi_version(JNIEnv *env, jclass class) {
    UNUSED(env, class);
    return io_github_aionetty_nativeaio_Handshake_ABI_VERSION;
}

static jboolean handshake_registered(JNIEnv *env, jclass class) {
    UNUSED(env, class);
    return all_registered ? JNI_TRUE : JNI_FALSE;
}

static jlong handshake_open_flags(JNIEnv *env, jclass class) {
    UNUSED(env, class);
    return ((jlong)O_DIRECT << 40) | ((jlong)O_DIRECTORY << 20) | O_NOFOLLOW;
}

static const JNINativeMethod HANDSHAKE[] = {
    {"abiVersion", "()I", (void *)handshake_abi_version},
    {"registered", "()Z", (void *)handshake_registered},
    {"openFlags", "()J", (void *)handshake_open_flags},
};

// The classes are not always where the file's name says: the name has the prefix of Netty's own
// relocation, which ours need not have. So try it whole, then without its first parts.
static const char *find_prefix(JNIEnv *env, const char *prefix) {
    for (;;) {
        char *name = netty_jni_util_prepend(prefix, PACKAGE "Handshake");
        jclass class = name == NULL ? NULL : (*env)->FindClass(env, name);
        free(name);
        if (class != NULL) {
            (*env)->DeleteLocalRef(env, class);
            return prefix;
        }
        if (*prefix == 0) {
            return NULL;  // and FindClass' exception says which class was missing
        }
        (*env)->ExceptionClear(env);
        const char *slash = strchr(prefix, '/');
        prefix = slash == NULL ? "" : slash + 1;
    }
}

static jint load(JNIEnv *env, const char *library_prefix) {
    const char *prefix = find_prefix(env, library_prefix == NULL ? "" : library_prefix);
    if (prefix == NULL ||
        netty_jni_util_register_natives(env, prefix, PACKAGE "Handshake", HANDSHAKE,
                                        LENGTH_OF(HANDSHAKE)) != JNI_OK) {
        return JNI_ERR;
    }
    all_registered = netty_jni_util_register_natives(env, prefix, PACKAGE "Native", METHODS,
                                                     LENGTH_OF(METHODS)) == JNI_OK;
    if (!all_registered) {
        // Classes of another release; Java says so in better words than NoSuchMethodError.
        (*env)->ExceptionClear(env);
    }
    return NETTY_JNI_UTIL_JNI_VERSION;
}

// The prefix is a copy made for us, which nobody frees otherwise.
static jint load_and_free(JNIEnv *env, const char *library_prefix) {
    jint result = load(env, library_prefix);
    free((void *)library_prefix);
    return result;
}

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
    return netty_jni_util_JNI_OnLoad(vm, reserved, AION_LIBRARY_NAME, load_and_free);
}

// The methods go with their classes' loader; there is no global reference to give back.
JNIEXPORT void JNICALL JNI_OnUnload(JavaVM *vm, void *reserved) {
    (void)vm;
    (void)reserved;
}
