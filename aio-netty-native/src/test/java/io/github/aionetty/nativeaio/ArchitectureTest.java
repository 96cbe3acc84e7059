// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty.nativeaio;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.netty.util.internal.NativeLibraryLoader;
import org.junit.jupiter.api.Test;

/** The binding speaks long, int and memory; Netty's types begin one module further up. */
class ArchitectureTest {
    private final JavaClasses binding =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.github.aionetty.nativeaio");

    @Test
    void nothingKnowsEventLoopsBuffersOrFutures() {
        ArchRule rule =
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.netty.channel..",
                                "io.netty.buffer..",
                                "io.netty.util.concurrent..");
        rule.check(binding);
    }

    @Test
    void ofNettyOnlyTheLibraryLoaderAndTheLoggerAreUsed() {
        ArchRule rule =
                noClasses()
                        .should()
                        .dependOnClassesThat(
                                resideInAPackage("io.netty..")
                                        .and(
                                                not(
                                                        resideInAPackage(
                                                                "io.netty.util.internal.logging..")))
                                        .and(
                                                not(
                                                        JavaClass.Predicates.equivalentTo(
                                                                NativeLibraryLoader.class))));
        rule.check(binding);
    }

    @Test
    void nothingButTheJdkAndNettyIsUsed() {
        ArchRule rule =
                classes()
                        .should()
                        .onlyDependOnClassesThat(
                                resideInAnyPackage(
                                        "java..",
                                        "io.netty.util.internal..",
                                        "io.github.aionetty.nativeaio"));
        rule.check(binding);
    }
}
