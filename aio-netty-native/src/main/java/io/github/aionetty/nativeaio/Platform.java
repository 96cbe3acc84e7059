// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import java.util.Locale;

/** The operating system and machine this JVM runs on, in the words of library file names. */
final class Platform {
    /** The smallest memory page of any supported machine, in bytes. */
    static final int SMALLEST_PAGE = 4096;

    private Platform() {}

    static boolean isLinux() {
        return os().toLowerCase(Locale.ROOT).startsWith("linux");
    }

    static String os() {
        return System.getProperty("os.name", "");
    }

    /** The architecture as Netty's libraries name it: x86_64, aarch_64, or os.arch as it is. */
    static String arch() {
        return normalize(System.getProperty("os.arch", ""));
    }

    static String normalize(String osArch) {
        switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64":
            case "x86_64":
            case "x64":
                return "x86_64";
            case "aarch64":
            case "arm64":
                return "aarch_64";
            default:
                return osArch;
        }
    }
}
