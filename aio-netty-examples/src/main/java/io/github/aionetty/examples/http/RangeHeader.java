// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.ByteRange;

/**
 * What a Range header asks of a file: all of it, ranges, or something it does not have; RFC 9110,
 * 14.1 and 14.2.
 *
 * <p>Not read by Jetty's ByteRange: it gives an empty list for a malformed header as for an
 * unsatisfiable one, where the first is to be ignored and the second answered with 416; of several
 * ranges it takes the good ones among bad ones, and sorts them, where they should be sent in the
 * order of the request (15.3.7.2).
 */
final class RangeHeader {
    static final RangeHeader WHOLE = new RangeHeader(List.of());
    static final RangeHeader UNSATISFIABLE = new RangeHeader(List.of());

    /**
     * More ranges than these are an attack or a mistake, and the header is ignored, as nginx
     * (max_ranges) and Apache (MaxRanges) do it and 14.2 allows: the whole file once costs less
     * than many reads. 416 would be a lie, and leave a client without a way to go on.
     *
     * <p>No rule is needed against overlapping or unordered ones: they are joined, so that no byte
     * is sent twice.
     */
    static final int MAX_RANGES = 64;

    /** Unit names are case-insensitive (14.1); a list may have white space and empty elements. */
    private static final Pattern SET =
            Pattern.compile("bytes=([0-9, \t-]*)", Pattern.CASE_INSENSITIVE);

    private static final Pattern RANGE = Pattern.compile("([0-9]*)-([0-9]*)");

    private final List<ByteRange> ranges;

    private RangeHeader(List<ByteRange> ranges) {
        this.ranges = ranges;
    }

    /** Apart from each other, in the order of the request; none for the two constants. */
    List<ByteRange> ranges() {
        return ranges;
    }

    /** What is malformed gives {@link #WHOLE}. */
    static RangeHeader of(List<String> values, long size) {
        Matcher set = SET.matcher(values.size() == 1 ? values.get(0) : "");
        if (!set.matches()) {
            return WHOLE;
        }
        List<ByteRange> ranges = new ArrayList<>();
        boolean ofNothing = false;
        int count = 0;
        for (String element : set.group(1).split(",")) {
            String spec = element.strip();
            if (spec.isEmpty()) {
                continue;
            }
            Matcher range = RANGE.matcher(spec);
            if (++count > MAX_RANGES || !range.matches() || !isValid(range)) {
                return WHOLE;
            }
            ofNothing |= size == 0 && range.group(1).isEmpty() && number(range.group(2)) > 0;
            resolve(range, size).ifPresent(next -> add(ranges, next));
        }
        if (count == 0 || ofNothing) {
            return WHOLE; // The last bytes of nothing: satisfiable, but no 206 can say so.
        }
        return ranges.isEmpty() ? UNSATISFIABLE : new RangeHeader(List.copyOf(ranges));
    }

    /** One that ends before it begins is invalid by 14.1.1, hence not unsatisfiable. */
    private static boolean isValid(Matcher range) {
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty() || last.isEmpty()) {
            return !first.equals(last);
        }
        return number(first) <= number(last);
    }

    /** The bytes that the file has of it, if any. */
    private static Optional<ByteRange> resolve(Matcher range, long size) {
        long end = range.group(2).isEmpty() ? Long.MAX_VALUE : number(range.group(2));
        if (range.group(1).isEmpty()) {
            long length = Math.min(size, end);
            return length == 0
                    ? Optional.empty()
                    : Optional.of(new ByteRange(size - length, size - 1));
        }
        long first = number(range.group(1));
        return first >= size
                ? Optional.empty()
                : Optional.of(new ByteRange(first, Math.min(end, size - 1)));
    }

    /**
     * Joins a range with those it overlaps or touches, in the place of the first of them; gaps are
     * kept, for who asked may not know what to do with bytes of them.
     */
    private static void add(List<ByteRange> ranges, ByteRange next) {
        ByteRange joined = next;
        int place = ranges.size();
        for (int i = ranges.size() - 1; i >= 0; i--) {
            ByteRange other = ranges.get(i);
            if (other.first() <= next.last() + 1 && next.first() <= other.last() + 1) {
                joined =
                        new ByteRange(
                                Math.min(joined.first(), other.first()),
                                Math.max(joined.last(), other.last()));
                ranges.remove(i);
                place = i;
            }
        }
        ranges.add(place, joined);
    }

    /** Numbers beyond a long are valid, and beyond every file. */
    private static long number(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > 18 ? Long.MAX_VALUE : Long.parseLong(significant);
    }
}
