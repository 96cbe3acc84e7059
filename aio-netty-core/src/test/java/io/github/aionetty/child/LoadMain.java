// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.child;

import io.github.aionetty.AioContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Loads and initialises every class of the library, and prints those that refuse. */
public final class LoadMain {
    private LoadMain() {}

    public static void main(String[] arguments) throws Exception {
        Path classes =
                Path.of(
                        AioContext.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        List<String> names;
        try (Stream<Path> files = Files.walk(classes)) {
            names =
                    files.map(file -> classes.relativize(file).toString())
                            .filter(name -> name.startsWith("io/") && name.endsWith(".class"))
                            .map(name -> name.replace(".class", "").replace('/', '.'))
                            .filter(name -> !name.endsWith("package-info"))
                            .toList();
        }
        int failed = 0;
        for (String name : names) {
            try {
                Class.forName(name).getDeclaredMethods();
            } catch (Throwable t) {
                failed++;
                System.out.println("failed: " + name + ' ' + t);
            }
        }
        System.out.println("loaded: " + (names.size() - failed));
        System.exit(failed == 0 ? 0 : 1);
    }
}
