// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which codings a client would rather have than the file as it is, RFC 9110, 12.5.3.
 *
 * <p>Not Jetty's QuotedQualityCSV, which takes no {@code Q} and every number for a weight.
 */
final class AcceptEncoding {
    /** A weight is of 0 to 1, with up to three decimals (12.4.2). */
    private static final Pattern ELEMENT =
            Pattern.compile(
                    "[ \t]*([^;=\\s]+)[ \t]*"
                            + "(?:;[ \t]*[qQ]=(0(?:\\.[0-9]{0,3})?|1(?:\\.0{0,3})?)[ \t]*)?");

    private static final int ONE = 1000;

    private final Map<String, Integer> weights = new HashMap<>();

    private AcceptEncoding(List<String> lines) {
        for (String element : String.join(",", lines).split(",")) {
            Matcher matcher = ELEMENT.matcher(element);
            if (matcher.matches()) {
                String coding = matcher.group(1).toLowerCase(Locale.ROOT);
                // 8.4.1.3: x-gzip is the same.
                weights.put(coding.equals("x-gzip") ? "gzip" : coding, weight(matcher));
            }
        }
    }

    /**
     * Those that are acceptable, and not less so than no coding; what the client likes most first,
     * and of what it likes as much, what is smaller. None for a client that says nothing: it may
     * take anything, or be one that has never heard of codings.
     *
     * <p>That {@code identity} may be unacceptable, too, is of no use: a file without a compressed
     * form is sent as it is then, as 12.5.3 allows. 406 would help nobody.
     *
     * @param lines the header's values
     */
    static List<ContentCoding> preferred(List<String> lines) {
        if (lines.isEmpty()) {
            return List.of();
        }
        AcceptEncoding accepted = new AcceptEncoding(lines);
        // Acceptable where it is not mentioned, but whoever mentions codings wants them.
        int identity = accepted.weight("identity");
        List<ContentCoding> codings = new ArrayList<>();
        for (ContentCoding coding : ContentCoding.values()) {
            int weight = accepted.weight(coding.token());
            if (weight > 0 && weight >= identity) {
                codings.add(coding);
            }
        }
        codings.sort(
                Comparator.comparingInt((ContentCoding it) -> accepted.weight(it.token()))
                        .reversed());
        return codings;
    }

    private int weight(String coding) {
        return weights.getOrDefault(coding, weights.getOrDefault("*", 0));
    }

    /** In thousandths. */
    private static int weight(Matcher element) {
        String weight = element.group(2);
        if (weight == null || weight.startsWith("1")) {
            return ONE;
        }
        String decimals = weight.length() > 2 ? weight.substring(2) : "";
        return Integer.parseInt((decimals + "000").substring(0, 3));
    }
}
