// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes, escapes, statuses of failures. */
class TextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1536, 1.5 KiB",
        "10188, 9.9 KiB",
        "10189, 10 KiB",
        "1048575, 1.0 MiB",
        "1048576, 1.0 MiB",
        "5368709120, 5.0 GiB",
        "9223372036854775807, 8.0 EiB"
    })
    void sizesAreForPeople(long bytes, String text) {
        assertThat(Html.size(bytes)).isEqualTo(text);
    }

    @Test
    void escapesMakeNamesText() {
        assertThat(Html.escape("<a href=\"x\" o='y'>&amp;\n"))
                .isEqualTo("&lt;a href=&quot;x&quot; o=&#39;y&#39;&gt;&amp;amp;\ufffd");
        assertThat(Uris.segment("javascript:a/ü?#%+ .txt"))
                .isEqualTo("javascript%3Aa%2F%C3%BC%3F%23%25%2B%20.txt");
        assertThat(Uris.directory(List.of("a", "/b"))).isEqualTo("/a/%2Fb/");
        assertThat(Uris.asciiQuery("?a=%20\u00fc")).isEqualTo("?a=%20%FC");
    }

    @Test
    void namesAreIsolatedAndHideNothing() {
        assertThat(Html.name("<b>&")).isEqualTo("<bdi>&lt;b&gt;&amp;</bdi>");
        assertThat(Html.name("photo\u202egpj.exe"))
                .isEqualTo("<bdi>photo<mark>U+202E</mark>gpj.exe</bdi>");
        assertThat(Html.name("\n\u0085\ufeff\u200b\u2066"))
                .isEqualTo(
                        "<bdi><mark>U+000A</mark><mark>U+0085</mark><mark>U+FEFF</mark>"
                                + "<mark>U+200B</mark><mark>U+2066</mark></bdi>");
        assertThat(Html.name(" a b\u3000"))
                .isEqualTo("<bdi><mark> </mark>a b<mark>\u3000</mark></bdi>");
        assertThat(Html.name(" ")).isEqualTo("<bdi><mark> </mark></bdi>");
        assertThat(Html.name("\u0645\u06cc\u200c\u062e \ud83d\udc69\u200d\ud83d\ude80"))
                .doesNotContain("<mark>");
        assertThat(Html.escape("a\u202eb")).isEqualTo("a\ufffdb");
    }

    @Test
    void countsAreForPeople() {
        assertThat(Html.count(0, "file")).isEqualTo("0 files");
        assertThat(Html.count(1, "folder")).isEqualTo("1 folder");
        assertThat(Html.count(1234567, "byte")).isEqualTo("1,234,567 bytes");
    }

    @Test
    void failuresHaveStatuses() {
        assertThat(status(new NoSuchFileException("x"))).isEqualTo(404);
        assertThat(status(new AccessDeniedException("x"))).isEqualTo(403);
        assertThat(status(new FileSystemException("x", null, "Not a directory"))).isEqualTo(404);
        assertThat(status(new FileSystemException("x", null, "Input/output error"))).isEqualTo(500);
        assertThat(status(new FileSystemException("x"))).isEqualTo(500);
        assertThat(status(new IOException("x"))).isEqualTo(500);
        assertThat(status(new RejectedExecutionException())).isEqualTo(503);
        assertThat(status(errno(5))).isEqualTo(500);
        assertThat(status(errno(6))).isEqualTo(403);
        assertThat(status(errno(12))).isEqualTo(503);
        assertThat(status(errno(24))).isEqualTo(503);
        assertThat(status(errno(40))).isEqualTo(404);
    }

    private static AioException errno(int errno) {
        return new AioException(errno, "open", "x", -1, -1, null);
    }

    private static int status(Throwable cause) {
        return FailureStatus.of(cause).code();
    }
}
