// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.eclipse.jetty.http.ByteRange;

/** What reads a client's words: no words make it fail, and what it returns keeps its promises. */
class ParsersFuzzTest {
    private static final Path ROOT = Path.of("/srv/root");

    private static HttpHeaders unchecked() {
        return DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    }

    private static Arbitrary<String> words(String... fragments) {
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(3);
        Arbitrary<String> bytes =
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(3);
        return Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.of(fragments)),
                        Tuple.of(1, any),
                        Tuple.of(1, bytes))
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> targets() {
        Arbitrary<String> segments =
                Arbitraries.frequencyOf(
                        Tuple.of(
                                8,
                                Arbitraries.of(
                                        "",
                                        ".",
                                        "%2e",
                                        "a",
                                        "%61",
                                        "a.b",
                                        "%25",
                                        "%c3%bc",
                                        "\u00c3\u00bc",
                                        "+",
                                        ";@:",
                                        "...",
                                        "a..",
                                        "%2e%2e%2e")),
                        Tuple.of(1, Arbitraries.of("..", "%2e.", ".%2E", "%2e%2e", "%2E%2E")),
                        Tuple.of(
                                1,
                                words(
                                        "%2f",
                                        "%5c",
                                        "\\",
                                        "%00",
                                        "%",
                                        "%2",
                                        "%zz",
                                        "%c0%ae",
                                        "%e0%80%ae",
                                        "%ed%a0%80",
                                        "%f4%90%80%80",
                                        " ",
                                        "#",
                                        "?")));
        return Combinators.combine(
                        Arbitraries.of(
                                "/", "/", "/", "", "http://host/", "https://h:1/", "HTTP://"),
                        segments.list().ofMaxSize(5).map(list -> String.join("/", list)),
                        Arbitraries.of("", "", "/", "?", "?a=/../b"))
                .as((start, path, end) -> start + path + end);
    }

    @Property
    void aPathHasNoNameThatLeadsUp(@ForAll("targets") String target) {
        RequestPath path;
        try {
            path = RequestPath.parse(target);
        } catch (Refusal refusal) {
            assertThat(refusal.status().code()).isIn(400, 404);
            return;
        }
        assertThat(path.names())
                .allMatch(name -> !name.isEmpty() && !name.equals(".") && !name.equals(".."))
                .allMatch(name -> name.indexOf('/') < 0 && name.indexOf('\0') < 0);
        Path file = ROOT.resolve(String.join("/", path.names()));
        assertThat(file.normalize()).isEqualTo(file);
        assertThat(file.startsWith(ROOT)).isTrue();
    }

    @Property
    void aPathIsReadAsItIsWritten(@ForAll("targets") String target) throws Refusal {
        RequestPath path;
        try {
            path = RequestPath.parse(target);
        } catch (Refusal refusal) {
            return;
        }
        String again =
                path.names().stream().map(Uris::segment).collect(Collectors.joining("/", "/", ""));
        if (path.slash() && !path.names().isEmpty()) {
            again += "/";
        }
        assertThat(RequestPath.parse(again + path.query())).isEqualTo(path);
        if (path.slash()) {
            assertThat(RequestPath.parse(Uris.directory(path.names()) + path.query()))
                    .isEqualTo(path);
        }
    }

    @Property
    void everyNameCanBeAskedFor(@ForAll("names") List<String> names) throws Refusal {
        RequestPath path = RequestPath.parse(Uris.directory(names));
        assertThat(path.names()).isEqualTo(names);
        assertThat(path.slash()).isTrue();
    }

    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(6)
                .filter(name -> !name.equals(".") && !name.equals(".."))
                .filter(name -> name.indexOf('/') < 0 && name.indexOf('\0') < 0)
                // Halves of a pair of surrogates are no characters, and in no name.
                .filter(name -> name.codePoints().noneMatch(ParsersFuzzTest::isHalf))
                .list()
                .ofMaxSize(4);
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    @Provide
    Arbitrary<String> ranges() {
        return Combinators.combine(
                        Arbitraries.of("bytes=", "Bytes=", "bytes =", "lines=", ""),
                        words(
                                "0",
                                "1",
                                "7",
                                "99",
                                "9223372036854775807",
                                "00000000000000000000",
                                "99999999999999999999",
                                "-",
                                "-",
                                ",",
                                ", ",
                                " ",
                                "\t",
                                "x"))
                .as((unit, set) -> unit + set);
    }

    @Property
    void rangesAreOfTheFileAndApart(
            @ForAll("ranges") String header,
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long size) {
        assertRanges(RangeHeader.of(List.of(header), size), size);
        assertThat(RangeHeader.of(List.of(header, header), size)).isSameAs(RangeHeader.WHOLE);
    }

    private static void assertRanges(RangeHeader read, long size) {
        List<ByteRange> ranges = read.ranges();
        if (read == RangeHeader.WHOLE || read == RangeHeader.UNSATISFIABLE) {
            assertThat(ranges).isEmpty();
            return;
        }
        assertThat(ranges).hasSizeBetween(1, RangeHeader.MAX_RANGES);
        assertThat(ranges)
                .allMatch(it -> 0 <= it.first() && it.first() <= it.last() && it.last() < size);
        for (ByteRange one : ranges) {
            for (ByteRange other : ranges) {
                assertThat(
                                one == other
                                        || one.last() + 1 < other.first()
                                        || other.last() + 1 < one.first())
                        .as("%s and %s are apart", one, other)
                        .isTrue();
            }
        }
    }

    @Property
    void noByteIsAddedOrMissing(
            @ForAll("someRanges") List<Tuple2<Integer, Integer>> asked,
            @ForAll @IntRange(min = 1, max = 50) int size) {
        BitSet expected = new BitSet();
        for (Tuple2<Integer, Integer> range : asked) {
            if (range.get1() < 0) {
                expected.set(Math.max(0, size + range.get1()), size);
            } else {
                expected.set(Math.min(size, range.get1()), Math.min(size, range.get2() + 1));
            }
        }
        String header =
                asked.stream()
                        .map(it -> it.get1() < 0 ? "" + it.get1() : it.get1() + "-" + it.get2())
                        .collect(Collectors.joining(",", "bytes=", ""));
        RangeHeader read = RangeHeader.of(List.of(header), size);
        assertRanges(read, size);
        BitSet got = new BitSet();
        read.ranges().forEach(it -> got.set((int) it.first(), (int) it.last() + 1));
        assertThat(got).isEqualTo(expected);
        assertThat(read == RangeHeader.UNSATISFIABLE).isEqualTo(expected.isEmpty());
    }

    /** A negative number is the last so many bytes. */
    @Provide
    Arbitrary<List<Tuple2<Integer, Integer>>> someRanges() {
        Arbitrary<Integer> first = Arbitraries.integers().between(-20, 60);
        Arbitrary<Integer> more = Arbitraries.integers().between(0, 30);
        return Combinators.combine(first, more)
                .as((start, length) -> Tuple.of(start, start + length))
                .list()
                .ofMinSize(1)
                .ofMaxSize(10);
    }

    @Provide
    Arbitrary<String> validators() {
        return words(
                "\"a\"",
                "W/",
                "\"",
                "*",
                ",",
                ", ",
                " ",
                "a",
                "\u00e9",
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                "99");
    }

    @Property
    void preconditionsHaveAlwaysAnOutcome(
            @ForAll("validators") String match,
            @ForAll("validators") String noneMatch,
            @ForAll("validators") String since,
            @ForAll("validators") String range) {
        Validators current = new Validators("\"a\"", 784111777, 784111800);
        HttpHeaders headers =
                unchecked()
                        .add("if-match", match)
                        .add("if-none-match", noneMatch)
                        .add("if-modified-since", since)
                        .add("if-unmodified-since", since)
                        .add("if-range", range);
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.PUT)) {
            for (Validators state : new Validators[] {current, Validators.NONE, null}) {
                Preconditions.Outcome outcome = Preconditions.evaluate(method, headers, state);
                assertThat(outcome).isNotNull();
                if (method != HttpMethod.GET || state == null) {
                    assertThat(outcome).isNotEqualTo(Preconditions.Outcome.NOT_MODIFIED);
                }
            }
        }
        if (!match.contains("\"a\"") && !match.strip().matches("[*, \t]+")) {
            assertThat(Preconditions.evaluate(HttpMethod.GET, headers, current))
                    .isEqualTo(Preconditions.Outcome.PRECONDITION_FAILED);
        }
        if (Preconditions.rangeApplies(headers, current)) {
            assertThat(range).containsAnyOf("\"a\"", "1994", "-94");
        }
    }

    @Property
    void datesAreReadOrAreNone(@ForAll("validators") String text) {
        long date = HttpDates.parse(text);
        if (date != HttpDates.NONE) {
            assertThat(HttpDates.parse(HttpDates.format(date))).isEqualTo(date);
        }
    }

    /** Of the Gregorian calendar, to the end of four-digit years. */
    @Property
    void datesAreReadAsTheyAreWritten(
            @ForAll @LongRange(min = -12_219_292_800L, max = 253_402_300_799L) long second) {
        assertThat(HttpDates.parse(HttpDates.format(second))).isEqualTo(second);
    }

    @Provide
    Arbitrary<String> encodings() {
        return words(
                "gzip",
                "br",
                "zstd",
                "identity",
                "*",
                "x-gzip",
                ",",
                ", ",
                ";q=",
                "; Q=",
                "0",
                "1",
                "0.5",
                "1.000",
                "0.000",
                "2",
                ".",
                "=",
                ";");
    }

    @Property
    void noCodingIsChosenThatIsRefused(
            @ForAll("encodings") String header, @ForAll ContentCoding refused) {
        assertThat(AcceptEncoding.preferred(List.of(header))).doesNotHaveDuplicates();
        assertThat(AcceptEncoding.preferred(List.of(header, refused.token() + ";q=0")))
                .doesNotContain(refused);
        assertThat(AcceptEncoding.preferred(List.of("gzip;q=0.5", "br")))
                .containsExactly(ContentCoding.BR, ContentCoding.GZIP);
    }

    @Property
    void errorsArePagesWithoutTheirClientsMarkup(
            @ForAll("targets") String target, @ForAll("accepts") String accept) {
        HttpHeaders headers = unchecked().add("accept", accept);
        ErrorPage.isWanted(headers);
        String page = ErrorPage.render(HttpResponseStatus.NOT_FOUND, target + "<i>%3Ci%3E");
        assertThat(page).doesNotContain("<i>");
        SortOrder.of("?" + target);
    }

    @Provide
    Arbitrary<String> accepts() {
        return words("text/html", "*/*", ";", "q=", "0.5", "\"", "\\", ",", " ", "=", "x");
    }

    @Property
    void authoritiesAreReadToTheirEnd(@ForAll("authorities") String text) {
        if (Authority.isValid(text)) {
            assertThat(text).matches("[\\x21-\\x7e&&[^/?#@\\\\\"<>^`{|}]]*");
            assertThat(Authority.isValid(text + "/")).isFalse();
            assertThat(Authority.isValid("user@" + text)).isFalse();
        }
    }

    @Provide
    Arbitrary<String> authorities() {
        return words("a", ".", ":", "80", "[", "]", "::1", "%", "41", "@", "/", "\\", "_", "x");
    }
}
