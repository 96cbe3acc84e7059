// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples.http;

import static io.github.aionetty.examples.http.SortOrder.Key.MODIFIED;
import static io.github.aionetty.examples.http.SortOrder.Key.NAME;
import static io.github.aionetty.examples.http.SortOrder.Key.SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.aionetty.AioFileAttributes;
import io.github.aionetty.AioFileAttributes.Kind;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of a directory page, and of names. */
class SortOrderTest {
    private static final List<Entry> ENTRIES =
            List.of(
                    entry("b", Kind.REGULAR_FILE, 10, 3),
                    entry("dir2", Kind.DIRECTORY, 1, 1),
                    entry("a", Kind.REGULAR_FILE, 10, 4),
                    entry("c", Kind.REGULAR_FILE, 5, 4),
                    entry("dir10", Kind.DIRECTORY, 9, 2));

    private static Entry entry(String name, Kind kind, long size, long second) {
        return new Entry(
                name,
                new AioFileAttributes(size, FileTime.fromMillis(second * 1000), 1, 1, kind),
                true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NAME     | false | dir2 dir10 a b c",
                "NAME     | true  | dir10 dir2 c b a",
                "SIZE     | false | dir2 dir10 c a b",
                "SIZE     | true  | dir2 dir10 a b c",
                "MODIFIED | false | dir2 dir10 b a c",
                "MODIFIED | true  | dir10 dir2 a c b"
            })
    void directoriesComeFirstAndEqualsAreOrderedByName(
            SortOrder.Key key, boolean descending, String names) {
        List<Entry> entries = new ArrayList<>(ENTRIES);
        for (int i = 0; i < 10; i++) {
            Collections.shuffle(entries, new Random(i));
            entries.sort(new SortOrder(key, descending).comparator());
            assertThat(entries).extracting(Entry::name).containsExactly(names.split(" "));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "?sort=size&order=desc, SIZE, true",
        "?order=desc&sort=modified, MODIFIED, true",
        "?sort=modified, MODIFIED, false",
        "?order=desc, NAME, true",
        "?x=y&sort=size&order=asc&z, SIZE, false",
        "?sort=size&order=up, SIZE, false",
        "?sort=name, NAME, false"
    })
    void theQuerySaysTheOrder(String query, SortOrder.Key key, boolean descending) {
        assertThat(SortOrder.of(query)).isEqualTo(new SortOrder(key, descending));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "?", "?sort=", "?sort=SIZE", "?sort=%73ize", "?sort", "?&&=&", "?%"})
    void anythingElseIsTheDefault(String query) {
        assertThat(SortOrder.of(query)).isEqualTo(SortOrder.DEFAULT);
    }

    @Test
    void theHeadOfAColumnTurnsItRound() {
        SortOrder newest = SortOrder.DEFAULT.next(MODIFIED);
        assertThat(newest.query()).isEqualTo("?sort=modified&order=desc");
        assertThat(newest.next(MODIFIED).query()).isEqualTo("?sort=modified&order=asc");
        assertThat(newest.next(SIZE).query()).isEqualTo("?sort=size&order=desc");
        assertThat(newest.next(NAME)).isEqualTo(SortOrder.DEFAULT);
        assertThat(SortOrder.DEFAULT.next(NAME).query()).isEqualTo("?sort=name&order=desc");
        assertThat(SortOrder.DEFAULT.suffix()).isEmpty();
        assertThat(newest.suffix()).isEqualTo(newest.query());
    }

    @Test
    void namesAreOrderedAsPeopleDo() {
        List<String> ordered =
                List.of(
                        "",
                        " a",
                        "0",
                        "00",
                        "01",
                        "1",
                        "1a",
                        "2",
                        "10",
                        "99999999999999999999999",
                        "100000000000000000000000",
                        "A",
                        "a",
                        "a-1",
                        "a1b2",
                        "a1b10",
                        "a01b10c",
                        "Ab",
                        "aB",
                        "IMG_2.jpg",
                        "img_10.jpg",
                        "Z",
                        "Ä",
                        "ä",
                        "日本");
        List<String> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(1));
        shuffled.sort(NaturalOrder.INSTANCE);
        assertThat(shuffled).containsExactlyElementsOf(ordered);
    }

    @Test
    void theOrderOfNamesIsAnOrder() {
        Random random = new Random(7);
        List<String> names =
                IntStream.range(0, 60)
                        .mapToObj(
                                i ->
                                        random.ints(random.nextInt(5), 0, 6)
                                                .mapToObj(c -> "0019aA".substring(c, c + 1))
                                                .reduce("", String::concat))
                        .distinct()
                        .toList();
        NaturalOrder order = NaturalOrder.INSTANCE;
        for (String a : names) {
            for (String b : names) {
                int ab = order.compare(a, b);
                assertThat(Integer.signum(ab)).isEqualTo(-Integer.signum(order.compare(b, a)));
                assertThat(ab == 0).isEqualTo(a.equals(b));
                for (String c : names) {
                    if (ab < 0 && order.compare(b, c) < 0) {
                        assertThat(order.compare(a, c)).as("%s %s %s", a, b, c).isNegative();
                    }
                }
            }
        }
    }
}
