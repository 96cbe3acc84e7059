// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.ByteRange;

/**
 * What a Range header asks of a file: all of it, one range, or something it does not have.
 *
 * <p>Which bytes a range means is left to Jetty's ByteRange. It gives an empty list for a malformed
 * header as for an unsatisfiable one, though, and RFC 9110, 14.2 has the first ignored and the
 * second answered with 416; so the syntax is looked at here.
 */
final class RangeHeader {
    static final RangeHeader WHOLE = new RangeHeader(null);
    static final RangeHeader UNSATISFIABLE = new RangeHeader(null);

    /** Unit names are case-insensitive (RFC 9110, 14.1); a list may have optional white space. */
    private static final Pattern ONE_RANGE =
            Pattern.compile("bytes=[ \t]*([0-9]*)-([0-9]*)[ \t]*", Pattern.CASE_INSENSITIVE);

    private final ByteRange range;

    private RangeHeader(ByteRange range) {
        this.range = range;
    }

    /** The bytes; {@code null} for the two constants. */
    ByteRange range() {
        return range;
    }

    /** Several ranges, and what is malformed, give {@link #WHOLE}: a server may ignore Range. */
    static RangeHeader of(List<String> values, long size) {
        Matcher one = ONE_RANGE.matcher(values.size() == 1 ? values.get(0) : "");
        if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
            return WHOLE;
        }
        String first = clamp(one.group(1));
        String last = clamp(one.group(2));
        if (!first.isEmpty() && !last.isEmpty() && Long.parseLong(first) > Long.parseLong(last)) {
            return WHOLE; // Invalid by RFC 9110, 14.1.1, hence not unsatisfiable.
        }
        if (size == 0 && first.isEmpty() && Long.parseLong(last) > 0) {
            return WHOLE; // The last bytes of nothing: satisfiable, but no 206 can say so.
        }
        List<ByteRange> ranges = ByteRange.parse(List.of("bytes=" + first + "-" + last), size);
        return ranges.isEmpty() ? UNSATISFIABLE : new RangeHeader(ranges.get(0));
    }

    /** ByteRange gives up on numbers beyond a long, which are valid, and beyond every file. */
    private static String clamp(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > 18 ? Long.toString(Long.MAX_VALUE) : significant;
    }
}
