// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.AioFileWriter;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The path of a request, made safe: the only way from a request-target to a file. A name is decoded
 * exactly once, none is {@code ..} or holds a slash or a NUL, and what the names lead to, links
 * followed, is served only from below the root.
 *
 * @param names the decoded segments, none of them empty
 * @param slash whether the target ended in a slash
 * @param query as received, {@code ?} included; empty where there is none
 * @param mount how many of the first names lead to a tree of their own, and are none of its names
 */
record RequestPath(List<String> names, boolean slash, String query, int mount) {

    /** Of the directory that it is in, or would be; of the root the root. */
    RequestPath parent() {
        return new RequestPath(
                names.subList(0, Math.max(mount, names.size() - 1)), true, "", mount);
    }

    /** The same, where the first name leads to a tree of its own. */
    RequestPath mounted() {
        return new RequestPath(names, slash, query, 1);
    }

    /** Whether it is the tree itself. */
    boolean isRoot() {
        return names.size() == mount;
    }

    /** The last name; empty for the root. */
    String name() {
        return names.isEmpty() ? "" : names.get(names.size() - 1);
    }

    /**
     * Relative to the root.
     *
     * @throws java.nio.file.InvalidPathException if the file system has no such names
     */
    Path relative() {
        return Path.of(String.join("/", names.subList(mount, names.size())));
    }

    /** Whether it is a file that is being uploaded, which nobody is to see before it is whole. */
    boolean isTemporary() {
        return AioFileWriter.isTemporary(name());
    }

    /** Takes the origin-form and, as RFC 9112, 3.2.2 demands, the absolute-form. */
    static RequestPath parse(String target) throws Refusal {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c == 0x7f || c > 0xff || c == '#') {
                throw new Refusal(HttpResponseStatus.BAD_REQUEST);
            }
        }
        String origin = withoutAuthority(target);
        int mark = origin.indexOf('?');
        String path = mark < 0 ? origin : origin.substring(0, mark);
        if (!path.startsWith("/")) {
            throw new Refusal(HttpResponseStatus.BAD_REQUEST);
        }
        List<String> names = new ArrayList<>();
        boolean slash = true;
        for (String segment : path.substring(1).split("/", -1)) {
            String name = decode(segment);
            slash = name.isEmpty() || name.equals(".");
            if (name.equals("..")) {
                throw new Refusal(HttpResponseStatus.BAD_REQUEST);
            }
            if (name.indexOf('/') >= 0) {
                throw new Refusal(HttpResponseStatus.NOT_FOUND); // No file can have this name.
            }
            if (!slash) {
                names.add(name);
            }
        }
        return new RequestPath(
                List.copyOf(names), slash, mark < 0 ? "" : origin.substring(mark), 0);
    }

    private static String withoutAuthority(String target) throws Refusal {
        String scheme = target.substring(0, Math.min(8, target.length())).toLowerCase(Locale.ROOT);
        if (!scheme.startsWith("http://") && !scheme.equals("https://")) {
            return target;
        }
        int start = target.indexOf(':') + 3;
        int end = start;
        while (end < target.length() && "/?".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        if (!Authority.isValidInUri(target.substring(start, end))) {
            throw new Refusal(HttpResponseStatus.BAD_REQUEST);
        }
        String rest = target.substring(end);
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    /**
     * Strict: a malformed escape, a NUL or bad UTF-8 is an error, never a guess. {@code +} is a
     * plus: a space is so written in HTML forms only. Bytes that should have been escaped are
     * taken, since curl sends them.
     */
    private static String decode(String segment) throws Refusal {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            int value = segment.charAt(i);
            if (value == '%') {
                value = hex(segment, i + 1) << 4 | hex(segment, i + 2);
                i += 2;
            }
            if (value == 0) {
                throw new Refusal(HttpResponseStatus.BAD_REQUEST);
            }
            bytes.write(value);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder() // Reports what is malformed, overlong forms of a dot included.
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Refusal(HttpResponseStatus.BAD_REQUEST);
        }
    }

    private static int hex(String segment, int index) throws Refusal {
        // Character.digit alone would take the digits of other scripts.
        int digit =
                index < segment.length() && segment.charAt(index) < 0x7f
                        ? Character.digit(segment.charAt(index), 16)
                        : -1;
        if (digit < 0) {
            throw new Refusal(HttpResponseStatus.BAD_REQUEST);
        }
        return digit;
    }
}
