// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.examples.http.Preconditions.Outcome;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionsTest {
    private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final Validators FILE = new Validators("\"a-b-c\"", 784111777, 1_800_000_000);

    private static Outcome get(HttpHeaders request) {
        return Preconditions.evaluate(HttpMethod.GET, request, FILE);
    }

    private static Outcome put(HttpHeaders request, Validators current) {
        return Preconditions.evaluate(HttpMethod.PUT, request, current);
    }

    private static HttpHeaders headers(String name, String... values) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (String value : values) {
            headers.add(name, value);
        }
        return headers;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a-b-c\"",
                "W/\"a-b-c\"",
                "*",
                "\"x\", \"a-b-c\"",
                "\"x\",W/\"a-b-c\" ,\"y\"",
                "\"x,y\", \"a-b-c\"",
                "\"x\u00e9\", \"a-b-c\"",
                ",, \"x\",, ,\"a-b-c\",",
                "\"\\\", \"a-b-c\"",
                "\"\",\"a-b-c\"",
                "*, *"
            })
    void ifNoneMatchComparesWeakly(String tags) {
        HttpHeaders request = headers("if-none-match", tags);
        assertThat(get(request)).isEqualTo(Outcome.NOT_MODIFIED);
        assertThat(Preconditions.evaluate(HttpMethod.HEAD, request, FILE))
                .isEqualTo(Outcome.NOT_MODIFIED);
        assertThat(put(request, FILE)).isEqualTo(Outcome.PRECONDITION_FAILED);
        assertThat(put(request, null)).isEqualTo(Outcome.PROCEED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\"",
                "a-b-c",
                "\"a-b-c",
                "w/\"a-b-c\"",
                "\"x,\\\"a-b-c\\\"\"",
                "",
                "\"*\"",
                "*, \"x\"",
                "\"a-b-c--gzip\"",
                "\"A-B-C\"",
                "\"x\" \"a-b-c\""
            })
    void ifNoneMatchWithAnotherTagDoesNotMatch(String tags) {
        HttpHeaders request = headers("if-none-match", tags);
        request.set("if-modified-since", DATE);
        assertThat(get(request))
                .as("and If-Modified-Since is not looked at then")
                .isEqualTo(Outcome.PROCEED);
        assertThat(put(request, FILE)).isEqualTo(Outcome.PROCEED);
    }

    @Test
    void ifNoneMatchMayBeSpreadOverSeveralLines() {
        assertThat(get(headers("if-none-match", "\"x\"", "\"a-b-c\"")))
                .isEqualTo(Outcome.NOT_MODIFIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                DATE,
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                "Sun, 06 Nov 1994 08:49:38 GMT"
            })
    void ifModifiedSinceTakesAllThreeFormsOfADate(String date) {
        HttpHeaders request = headers("if-modified-since", date);
        assertThat(get(request)).isEqualTo(Outcome.NOT_MODIFIED);
        assertThat(put(request, FILE)).as("means GET and HEAD only").isEqualTo(Outcome.PROCEED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:36 GMT",
                "tomorrow",
                "",
                "0",
                "Sun, 06 Nov 1994 08:49:37 +0100",
                "Sun, 31 Feb 2021 00:00:00 GMT"
            })
    void ifModifiedSinceIgnoresWhatIsOlderOrNoDate(String date) {
        assertThat(get(headers("if-modified-since", date))).isEqualTo(Outcome.PROCEED);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"a-b-c\"', true",
        "'\"x\" , \"a-b-c\"', true",
        "'*', true",
        "'W/\"a-b-c\"', false",
        "'\"x\"', false",
        "'a-b-c', false",
        "'', false",
        "'\"x\", *', false"
    })
    void ifMatchComparesStrongly(String tags, boolean matches) {
        HttpHeaders request = headers("if-match", tags);
        Outcome outcome = matches ? Outcome.PROCEED : Outcome.PRECONDITION_FAILED;
        assertThat(get(request)).isEqualTo(outcome);
        assertThat(put(request, FILE)).isEqualTo(outcome);
        assertThat(put(request, null))
                .as("there is nothing that matches")
                .isEqualTo(Outcome.PRECONDITION_FAILED);
    }

    @Test
    void longListsAreReadToTheirEnd() {
        assertThat(get(headers("if-none-match", "\"x\" , ".repeat(8000) + "\"a-b-c\"")))
                .isEqualTo(Outcome.NOT_MODIFIED);
        assertThat(get(headers("if-none-match", "*,".repeat(20_000) + "*")))
                .isEqualTo(Outcome.NOT_MODIFIED);
        assertThat(get(headers("if-none-match", "\"" + "x".repeat(60_000) + "\"")))
                .isEqualTo(Outcome.PROCEED);
        assertThat(get(headers("if-none-match", ",".repeat(60_000)))).isEqualTo(Outcome.PROCEED);
    }

    @Test
    void aWeakTagOfOursMatchesWeaklyOnly() {
        Validators weak = new Validators("W/\"a\"", 784111777, 1_800_000_000);
        assertThat(put(headers("if-match", "W/\"a\""), weak))
                .isEqualTo(Outcome.PRECONDITION_FAILED);
        assertThat(put(headers("if-none-match", "\"a\""), weak))
                .isEqualTo(Outcome.PRECONDITION_FAILED);
        assertThat(Preconditions.rangeApplies(headers("if-range", "W/\"a\""), weak)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'Sun, 06 Nov 1994 08:49:37 GMT', true",
        "'Sun, 06 Nov 1994 08:49:38 GMT', true",
        "'Sunday, 06-Nov-94 08:49:36 GMT', false",
        "'Sun Nov  6 08:49:36 1994', false",
        "'Sun, 06 Nov 1994 08:49:36 GMT', false",
        "'yesterday', true",
        "'', true"
    })
    void ifUnmodifiedSinceRefusesWhatIsNewer(String date, boolean proceeds) {
        HttpHeaders request = headers("if-unmodified-since", date);
        Outcome outcome = proceeds ? Outcome.PROCEED : Outcome.PRECONDITION_FAILED;
        assertThat(get(request)).isEqualTo(outcome);
        assertThat(put(request, FILE)).isEqualTo(outcome);
        assertThat(put(request, null)).as("no date to compare with").isEqualTo(Outcome.PROCEED);
    }

    @Test
    void twoDatesAreNone() {
        String old = "Sun, 06 Nov 1994 08:49:36 GMT";
        assertThat(get(headers("if-unmodified-since", old, old))).isEqualTo(Outcome.PROCEED);
        assertThat(get(headers("if-unmodified-since", old + ", " + old)))
                .isEqualTo(Outcome.PROCEED);
        assertThat(get(headers("if-modified-since", DATE, DATE))).isEqualTo(Outcome.PROCEED);
        assertThat(get(headers("if-modified-since", DATE + ", " + DATE)))
                .isEqualTo(Outcome.PROCEED);
        assertThat(Preconditions.rangeApplies(headers("if-range", DATE, DATE), FILE)).isFalse();
    }

    /** RFC 9110, 13.2.2: m is If-Match, u the date before, n If-None-Match, d the date after. */
    @ParameterizedTest
    @CsvSource({
        // Entity tags win over dates.
        "m+ u-, PROCEED, PROCEED",
        "m- u+, PRECONDITION_FAILED, PRECONDITION_FAILED",
        "n+ d-, PROCEED, PROCEED",
        "n- d+, NOT_MODIFIED, PRECONDITION_FAILED",
        // The first pair before the second.
        "m- n-, PRECONDITION_FAILED, PRECONDITION_FAILED",
        "m+ n-, NOT_MODIFIED, PRECONDITION_FAILED",
        "m+ n+, PROCEED, PROCEED",
        "u- d-, PRECONDITION_FAILED, PRECONDITION_FAILED",
        "u+ d-, NOT_MODIFIED, PROCEED",
        "u+ n-, NOT_MODIFIED, PRECONDITION_FAILED",
        "m+ d-, NOT_MODIFIED, PROCEED",
        "m+ u- n+ d-, PROCEED, PROCEED",
        "m- u- n- d-, PRECONDITION_FAILED, PRECONDITION_FAILED"
    })
    void haveAnOrder(String conditions, Outcome ofGet, Outcome ofPut) {
        HttpHeaders request = new DefaultHttpHeaders();
        String before = "Sun, 06 Nov 1994 08:49:36 GMT";
        for (String condition : conditions.split(" ")) {
            boolean holds = condition.endsWith("+");
            switch (condition.charAt(0)) {
                case 'm' -> request.set("if-match", holds ? "\"a-b-c\"" : "\"x\"");
                case 'u' -> request.set("if-unmodified-since", holds ? DATE : before);
                case 'n' -> request.set("if-none-match", holds ? "\"x\"" : "\"a-b-c\"");
                default -> request.set("if-modified-since", holds ? before : DATE);
            }
        }
        assertThat(get(request)).isEqualTo(ofGet);
        assertThat(put(request, FILE)).isEqualTo(ofPut);
    }

    @Test
    void ifRangeWantsAStrongMatch() {
        assertThat(Preconditions.rangeApplies(new DefaultHttpHeaders(), FILE)).isTrue();
        assertThat(Preconditions.rangeApplies(headers("if-range", "\"a-b-c\""), FILE)).isTrue();
        assertThat(Preconditions.rangeApplies(headers("if-range", "W/\"a-b-c\""), FILE)).isFalse();
        assertThat(Preconditions.rangeApplies(headers("if-range", "\"x\""), FILE)).isFalse();
        assertThat(Preconditions.rangeApplies(headers("if-range", DATE), FILE)).isTrue();
        assertThat(
                        Preconditions.rangeApplies(
                                headers("if-range", "Sun, 06 Nov 1994 08:49:38 GMT"), FILE))
                .isFalse();
        assertThat(Preconditions.rangeApplies(headers("if-range", "junk"), FILE)).isFalse();
    }

    @Test
    void aDateOfThisVerySecondIsNoStrongValidator() {
        Validators justNow = new Validators("\"t\"", 784111777, 784111778);
        assertThat(Preconditions.rangeApplies(headers("if-range", DATE), justNow)).isFalse();
    }

    @Test
    void validatorsFollowTheFile() {
        Instant future = Instant.now().plusSeconds(86_400);
        Validators one = validators(5, Instant.EPOCH.plusNanos(1), 7);
        assertThat(one.etag()).isEqualTo("\"7-1-5\"");
        assertThat(one.lastModified()).isZero();
        assertThat(validators(5, Instant.EPOCH.plusNanos(2), 7).etag()).isNotEqualTo(one.etag());
        assertThat(validators(5, Instant.EPOCH.plusNanos(1), 8).etag()).isNotEqualTo(one.etag());
        Validators late = validators(5, future, 7);
        assertThat(late.lastModified()).isEqualTo(late.now());
    }

    @Test
    void eachCodingHasATagOfItsOwn() {
        AioFileAttributes file =
                new AioFileAttributes(
                        5, FileTime.fromMillis(0), 7, 1, AioFileAttributes.Kind.REGULAR_FILE);
        assertThat(Validators.of(file, ContentCoding.BR).etag()).isEqualTo("\"7-0-5-br\"");
        assertThat(Validators.of(file).etag()).isEqualTo("\"7-0-5\"");
    }

    private static Validators validators(long size, Instant modified, long inode) {
        return Validators.of(
                new AioFileAttributes(
                        size,
                        FileTime.from(modified),
                        inode,
                        1,
                        AioFileAttributes.Kind.REGULAR_FILE));
    }
}
