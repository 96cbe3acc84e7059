// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import io.github.aionetty.examples.http.ByteRangesParts.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** In what two answers to one request differ. */
final class Comparison {
    private final Asked asked;
    private final String codings;
    private final Answered ours;
    private final Answered theirs;
    private final List<Found> found = new ArrayList<>();

    /** One difference. */
    record Found(
            Asked asked,
            Answered our,
            Answered their,
            String codings,
            String field,
            String ours,
            String theirs) {
        /** Whether the two choose these codings, without conditions and ranges. */
        boolean coded(String our, String their) {
            return codings.equals(our + "," + their);
        }

        boolean in(String... fields) {
            return List.of(fields).contains(field);
        }

        boolean is(String our, String their) {
            return ours.equals(our) && theirs.equals(their);
        }

        @Override
        public String toString() {
            return field + ": ours=" + ours + " nginx=" + theirs + "   " + asked;
        }
    }

    private Comparison(Asked asked, String codings, Answered ours, Answered theirs) {
        this.asked = asked;
        this.codings = codings;
        this.ours = ours;
        this.theirs = theirs;
    }

    /**
     * Compares.
     *
     * @param codings what the two choose of the same file for the same Accept-Encoding
     */
    static List<Found> of(Asked asked, String codings, Answered ours, Answered theirs)
            throws Exception {
        Comparison comparison = new Comparison(asked, codings, ours, theirs);
        comparison.compare();
        return comparison.found;
    }

    private void compare() throws Exception {
        differ("status", ours.status(), theirs.status());
        differ("interim", ours.interim(), theirs.interim());
        differ("stays", ours.stays(), theirs.stays());
        if (ours.status() != theirs.status()) {
            return; // All else follows from it.
        }
        header("allow");
        header("location");
        header("content-range");
        header("content-encoding");
        header("last-modified");
        header("accept-ranges");
        differ("vary", words(ours), words(theirs));
        differ("tagged", !ours.header("etag").isEmpty(), !theirs.header("etag").isEmpty());
        boolean aPage = ours.header("etag").isEmpty();
        if (aPage || !(ours.status() == 200 || ours.status() == 206)) {
            return; // Pages of directories and errors are each server's own.
        }
        differ("type", ours.type(), theirs.type());
        if (ours.type().equals("multipart/byteranges") && theirs.type().equals(ours.type())) {
            differ("parts", parts(ours), parts(theirs));
        } else {
            header("content-length");
            differ("body", bytes(ours.body()), bytes(theirs.body()));
        }
    }

    private void header(String name) {
        differ(name, ours.header(name), theirs.header(name));
    }

    private static Set<String> words(Answered answer) {
        Set<String> words =
                new TreeSet<>(
                        List.of(answer.header("vary").toLowerCase(Locale.ROOT).split("[ ,]+")));
        words.remove("");
        return words;
    }

    private static List<String> parts(Answered answer) throws Exception {
        List<String> parts = new ArrayList<>();
        for (Part part : ByteRangesParts.of(answer.header("content-type"), answer.body())) {
            String type = part.contentType().replaceFirst(";.*", "");
            parts.add(part.range() + " " + type + " " + part.coding() + " " + bytes(part.bytes()));
        }
        return parts;
    }

    private static String bytes(byte[] bytes) {
        return bytes.length + ":" + Integer.toHexString(java.util.Arrays.hashCode(bytes));
    }

    private void differ(String field, Object our, Object their) {
        if (!Objects.equals(our, their)) {
            found.add(
                    new Found(
                            asked,
                            ours,
                            theirs,
                            codings,
                            field,
                            String.valueOf(our),
                            String.valueOf(their)));
        }
    }
}
