// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

/** What failed, in one line. */
public final class Reasons {
    private Reasons() {}

    /** The first cause that says something; one without a message by its name. */
    public static String of(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        String name = deepest.getClass().getSimpleName();
        return message == null || message.isBlank() ? name : name + ": " + oneLine(message);
    }

    private static String oneLine(String message) {
        return message.lines().findFirst().orElse(message).replace('\t', ' ');
    }
}
