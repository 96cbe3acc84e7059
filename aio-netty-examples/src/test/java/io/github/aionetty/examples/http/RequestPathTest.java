// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    @Test
    void decodesEachSegmentOnce() throws Refusal {
        RequestPath path = RequestPath.parse("/a%20b/%2525/c+d%C3%BC?x=%20&y");
        assertThat(path.names()).containsExactly("a b", "%25", "c+dü");
        assertThat(path.slash()).isFalse();
        assertThat(path.query()).isEqualTo("?x=%20&y");
    }

    @Test
    void takesBytesThatShouldHaveBeenEscaped() throws Refusal {
        assertThat(RequestPath.parse("/\u00c3\u00bc\"<>|").names()).containsExactly("ü\"<>|");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//",
                "/./",
                "/.",
                "/%2e",
                "/?q",
                "http://host",
                "HTTP://host/",
                "https://h?q"
            })
    void knowsTheRoot(String target) throws Refusal {
        RequestPath path = RequestPath.parse(target);
        assertThat(path.names()).isEmpty();
        assertThat(path.slash()).isTrue();
    }

    @Test
    void dropsEmptySegmentsAndDots() throws Refusal {
        assertThat(RequestPath.parse("//a/./b//").names()).containsExactly("a", "b");
        assertThat(RequestPath.parse("//a/./b//").slash()).isTrue();
        assertThat(RequestPath.parse("http://host:80/a/b").names()).containsExactly("a", "b");
    }

    @Test
    void leavesBackslashesAndTripleDotsAlone() throws Refusal {
        assertThat(RequestPath.parse("/..%5c..%5Cetc/...").names())
                .containsExactly("..\\..\\etc", "...");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/..",
                "/../",
                "/a/../b",
                "/%2e%2e/",
                "/%2E.",
                "/.%2e/x",
                "/a/%2e%2E",
                "..",
                "x",
                "",
                "*",
                "/%",
                "/%4",
                "/%zz",
                "/%00",
                "/a%00.txt",
                "/%ff",
                "/%c0%ae%c0%ae/",
                "/%ed%a0%80",
                "/a#b",
                "/a b",
                "/a\tb",
                "/a\u0001",
                "/\u00fc",
                "/\u0100",
                "/%\uff11\uff11"
            })
    void refusesWhatIsMalformedOrLeadsUp(String target) {
        assertThat(
                        catchThrowableOfType(Refusal.class, () -> RequestPath.parse(target))
                                .status()
                                .code())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..%2f", "/a%2Fb", "/%2fetc%2fpasswd", "/..%2f..%2fetc"})
    void findsNoFileWithASlashInItsName(String target) {
        assertThat(
                        catchThrowableOfType(Refusal.class, () -> RequestPath.parse(target))
                                .status()
                                .code())
                .isEqualTo(404);
    }
}
