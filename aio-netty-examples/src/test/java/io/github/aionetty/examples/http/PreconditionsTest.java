// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFileAttributes;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionsTest {
    private static final String DATE = "Sun, 06 Nov 1994 08:49:37 GMT";
    private static final Validators FILE = new Validators("\"a-b-c\"", 784111777, 1_800_000_000);

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
                "\"x,y\", \"a-b-c\""
            })
    void ifNoneMatchComparesWeakly(String tags) {
        assertThat(Preconditions.notModified(headers("if-none-match", tags), FILE)).isTrue();
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
                "\"*\""
            })
    void ifNoneMatchWithAnotherTagDoesNotMatch(String tags) {
        HttpHeaders request = headers("if-none-match", tags);
        request.set("if-modified-since", DATE);
        assertThat(Preconditions.notModified(request, FILE))
                .as("and If-Modified-Since is not looked at then")
                .isFalse();
    }

    @Test
    void ifNoneMatchMayBeSpreadOverSeveralLines() {
        assertThat(Preconditions.notModified(headers("if-none-match", "\"x\"", "\"a-b-c\""), FILE))
                .isTrue();
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
        assertThat(Preconditions.notModified(headers("if-modified-since", date), FILE)).isTrue();
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
        assertThat(Preconditions.notModified(headers("if-modified-since", date), FILE)).isFalse();
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
