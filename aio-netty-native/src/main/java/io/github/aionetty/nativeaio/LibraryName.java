// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import io.netty.util.internal.NativeLibraryLoader;

/**
 * The name to load the library by, also when this package, Netty or both were relocated.
 *
 * <p>Netty puts the prefix of its own relocation before the name. {@code JNI_OnLoad} learns from
 * the file's name where to look for the classes: it tries the whole prefix, then without its first
 * parts, down to none. So the prefix of our own relocation has to be in the name, once.
 *
 * <pre>
 *  relocated        file in META-INF/native            classes found at
 *  nothing          libaio_netty_x86_64.so             io.github.aionetty
 *  Netty to a.b     liba_b_aio_netty_x86_64.so         io.github.aionetty
 *  us to c          libc_aio_netty_x86_64.so           c.io.github.aionetty
 *  both to a.b      liba_b_aio_netty_x86_64.so         a.b.io.github.aionetty
 *  Netty a, us c    liba_c_aio_netty_x86_64.so         c.io.github.aionetty
 * </pre>
 */
final class LibraryName {
    private LibraryName() {}

    static String of(String arch) {
        String netty = prefix(NativeLibraryLoader.class, "io!netty!util!internal");
        String ours = prefix(LibraryName.class, "io!github!aionetty!nativeaio");
        return of(arch, netty, ours);
    }

    static String of(String arch, String nettyPrefix, String ownPrefix) {
        String added = ownPrefix.equals(nettyPrefix) ? "" : mangled(ownPrefix);
        return added + "aio_netty_" + arch;
    }

    /** What a relocation put before a package; '!' keeps it from changing the literal too. */
    private static String prefix(Class<?> moved, String original) {
        String name = moved.getPackageName();
        String expected = original.replace('!', '.');
        return name.endsWith(expected) ? name.substring(0, name.length() - expected.length()) : "";
    }

    private static String mangled(String prefix) {
        return prefix.replace("_", "_1").replace('.', '_');
    }
}
