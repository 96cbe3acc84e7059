// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.ByteRange;

/**
 * A {@code multipart/byteranges} body without its bytes, RFC 9110, 14.6: what is before, between
 * and behind them, and hence how long it is.
 *
 * @param boundary what separates the parts
 * @param ranges the parts
 * @param headers what is before each of them
 */
record MultipartLayout(String boundary, List<ByteRange> ranges, List<byte[]> headers) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BOUNDARY_BYTES = 16;

    static MultipartLayout of(List<ByteRange> ranges, Representation selected) {
        return of(randomBoundary(), ranges, selected);
    }

    static MultipartLayout of(String boundary, List<ByteRange> ranges, Representation selected) {
        List<byte[]> headers =
                IntStream.range(0, ranges.size())
                        .mapToObj(i -> header(i == 0, boundary, ranges.get(i), selected))
                        .toList();
        return new MultipartLayout(boundary, ranges, headers);
    }

    /**
     * Not to be guessed: whoever has written the file must not be able to have its content taken
     * for a delimiter. So not by Jetty's MultiPart, whose numbers follow from each other.
     */
    private static String randomBoundary() {
        byte[] bytes = new byte[BOUNDARY_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * The coding is that of each part's bytes: in the header of the whole response it would have
     * the client decompress the delimiters, too.
     */
    private static byte[] header(
            boolean first, String boundary, ByteRange range, Representation selected) {
        String header =
                (first ? "--" : "\r\n--")
                        + boundary
                        + "\r\ncontent-type: "
                        + selected.mediaType()
                        + (selected.coding() == null
                                ? ""
                                : "\r\ncontent-encoding: " + selected.coding().token())
                        + "\r\ncontent-range: "
                        + ContentRange.of(range, selected.size())
                        + "\r\n\r\n";
        return header.getBytes(StandardCharsets.US_ASCII);
    }

    /** What is behind the last part. */
    byte[] end() {
        return ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    String contentType() {
        return "multipart/byteranges; boundary=" + boundary;
    }

    /** How many bytes all of it is. */
    long length() {
        long content = ranges.stream().mapToLong(ByteRange::getLength).sum();
        long framing = headers.stream().mapToLong(header -> header.length).sum();
        return content + framing + end().length;
    }
}
