// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.bench;

/** Text without what a terminal would obey: a file's name may be anything. */
public final class Printable {
    private Printable() {}

    /** The same, with escapes as Java has them for what is not to be printed. */
    public static String of(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        each -> {
                            if (is(each)) {
                                result.appendCodePoint(each);
                            } else {
                                for (char unit : Character.toChars(each)) {
                                    result.append(String.format("\\u%04x", (int) unit));
                                }
                            }
                        });
        return result.toString();
    }

    static boolean is(int character) {
        return switch (Character.getType(character)) {
            // Escapes, and what turns the direction of text.
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
