// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The example stands on the public API, and its server on nothing that could block a loop. */
@AnalyzeClasses(
        packages = "io.github.aionetty.examples",
        importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {

    @ArchTest
    static final ArchRule USES_THE_PUBLIC_API =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.github.aionetty.internal..", "io.github.aionetty.nativeaio..");

    @ArchTest
    static final ArchRule SERVES_BY_AIO_ALONE =
            noClasses()
                    .that()
                    .resideInAPackage("..http..")
                    .and()
                    // At the start, before there is a connection: the log and the certificate.
                    .haveNameNotMatching(".*\\.(AccessLogFile|TlsContext)")
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching(
                            "java\\.nio\\.file\\.Files|java\\.io\\.(File|File(In|Out)putStream"
                                    + "|RandomAccessFile)|java\\.nio\\.channels\\..*FileChannel"
                                    + "|io\\.netty\\.channel\\..*FileRegion"
                                    + "|io\\.netty\\.handler\\.stream\\..*");
}
