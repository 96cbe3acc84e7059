// Copyright 2026 The aio-netty authors
// SPDX-License-Identifier: Apache-2.0
package io.github.aionetty;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.aionetty.internal.ParkedThread;
import io.github.aionetty.nativeaio.FileStatus;
import io.github.aionetty.nativeaio.Syscalls;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which part may know which, and who may block. */
@Timeout(60)
class ArchitectureTest {
    private static final String PUBLIC = "io.github.aionetty";
    private static final String INTERNAL = "io.github.aionetty.internal";
    private static final String BINDING = "io.github.aionetty.nativeaio";

    private final JavaClasses all =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(PUBLIC);

    /** Simple names of core's classes, nested ones by their outermost, that make such a call. */
    private Set<String> callersOf(Predicate<JavaMethodCall> call) {
        Set<String> callers = new TreeSet<>();
        for (JavaClass each : all) {
            if (!each.getPackageName().equals(BINDING)) {
                each.getMethodCallsFromSelf().stream()
                        .filter(call)
                        .forEach(c -> callers.add(outermost(each).getSimpleName()));
            }
        }
        return callers;
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    private static Predicate<JavaMethodCall> to(Class<?> owner, String... names) {
        return call ->
                call.getTargetOwner().isEquivalentTo(owner)
                        && List.of(names).contains(call.getTarget().getName());
    }

    @Test
    void theBindingKnowsNothingOfWhatIsAboveIt() {
        noClasses()
                .that()
                .resideInAPackage(BINDING)
                .should()
                .dependOnClassesThat(resideInAnyPackage(PUBLIC, INTERNAL))
                .check(all);
    }

    @Test
    void coreUsesTheJdkNettyAndTheBindingAlone() {
        classes()
                .that(resideInAnyPackage(PUBLIC, INTERNAL))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                "java..",
                                "com.sun.nio.file",
                                "jdk.jfr",
                                "io.netty..",
                                PUBLIC,
                                INTERNAL,
                                BINDING))
                .check(all);
    }

    @Test
    void noPublicSignatureShowsTheInside() {
        for (JavaClass type : all) {
            if (!type.getPackageName().equals(PUBLIC)) {
                continue;
            }
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                if (isShown(unit.getModifiers()) && !isGenerated(unit)) {
                    unit.getAllInvolvedRawTypes().forEach(part -> checkShown(part, unit));
                }
            }
            for (JavaField field : type.getFields()) {
                if (isShown(field.getModifiers())) {
                    field.getAllInvolvedRawTypes().forEach(part -> checkShown(part, field));
                }
            }
            type.getRawInterfaces().forEach(part -> checkShown(part, type));
            type.getRawSuperclass().ifPresent(part -> checkShown(part, type));
        }
    }

    private static boolean isShown(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC)
                || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static boolean isGenerated(JavaCodeUnit unit) {
        return unit.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static void checkShown(JavaClass part, Object where) {
        assertThat(part.getPackageName()).as("%s of %s", part, where).isNotIn(INTERNAL, BINDING);
    }

    @Test
    void onlyHelpersAndTheDrainerEverSleepOrWait() {
        assertThat(callersOf(to(Thread.class, "sleep", "join"))).containsExactly("Patience");
        assertThat(
                        callersOf(
                                call ->
                                        call.getTargetOwner().getSimpleName().equals("Patience")
                                                && call.getTarget().getName().equals("pause")))
                .containsExactly("Drainer", "HelperSubmitter");
        assertThat(callersOf(to(Object.class, "wait"))).containsExactly("HelperLane");
        DescribedPredicate<JavaClass> future =
                JavaClass.Predicates.assignableTo(java.util.concurrent.Future.class);
        assertThat(
                        callersOf(
                                call ->
                                        future.test(call.getTargetOwner())
                                                && Set.of("get", "sync", "await")
                                                        .contains(call.getTarget().getName())))
                .isNotEmpty()
                .isSubsetOf("Drainer");
    }

    /** Not by a monitor: it would keep the carrier of a virtual thread. */
    @Test
    void onlyTheBlockingFormsPark() {
        assertThat(callersOf(to(LockSupport.class, "park", "parkNanos", "parkUntil")))
                .containsExactly("ParkedThread");
        assertThat(callersOf(to(ParkedThread.class, "await"))).containsExactly("AioFutures");
        assertThat(callersOf(to(AioFutures.class, "await"))).containsExactly("BlockingAioFile");
    }

    /** Each of these is known to run on helper threads, or where a context is made and ended. */
    @Test
    void callsThatBlockAreMadeByFewClasses() {
        assertThat(
                        callersOf(
                                to(
                                        Syscalls.class,
                                        "open",
                                        "openat2",
                                        "statx",
                                        "fallocate",
                                        "ftruncate",
                                        "fsync",
                                        "fdatasync",
                                        "fiemap",
                                        "ficlone",
                                        "renameNew",
                                        "lseek",
                                        "lock",
                                        "cachestat",
                                        "mincore",
                                        "pread",
                                        "pwrite")))
                .isNotEmpty()
                .isSubsetOf(
                        "Beneath",
                        "CachedBytes",
                        "HeldDirectory",
                        "OpenRequest",
                        "NativeFile",
                        "NativeOpener",
                        "NewName",
                        "DirectorySync",
                        "ExtentLoader",
                        "UnwrittenSpace",
                        "SpaceLock");
        assertThat(callersOf(to(Syscalls.class, "close")))
                .isNotEmpty()
                .isSubsetOf(
                        "Beneath",
                        "HeldDirectory",
                        "NativeFile",
                        "NativeOpener",
                        "DirectorySync",
                        "KernelContext");
        // It asks for what is in memory alone.
        assertThat(callersOf(to(Syscalls.class, "statusAt"))).containsExactly("HeldDirectory");
        assertThat(callersOf(to(Syscalls.class, "ioDestroy")))
                .isNotEmpty()
                .isSubsetOf("KernelContext", "KernelProbe");
        assertThat(callersOf(to(Syscalls.class, "ioGetEvents"))).containsExactly("KernelEngine");
        assertThat(callersOf(to(Syscalls.class, "ioSubmit")))
                .isNotEmpty()
                .isSubsetOf("HelperSubmitter", "SubmissionQueue");
    }

    @Test
    void whatDiffersByFileSystemIsDecidedInOneClass() {
        assertThat(callersOf(to(FileStatus.class, "fsType"))).containsExactly("FileSystemKind");
        Set<String> readers = new TreeSet<>();
        for (JavaClass each : all) {
            each.getFieldAccessesFromSelf().stream()
                    .filter(a -> a.getTargetOwner().getSimpleName().equals("FileSystemKind"))
                    .filter(a -> a.getTarget().getRawType().isPrimitive())
                    .forEach(a -> readers.add(outermost(each).getSimpleName()));
        }
        assertThat(readers).containsExactly("FileSystemKind", "Routing");
    }

    /** It cannot be loaded where the JVM has no Flight Recorder. */
    @Test
    void onlyTheEventKnowsTheFlightRecorderAndOnlyTheDetectorTheEvent() {
        noClasses()
                .that()
                .doNotHaveSimpleName("StallEvent")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.jfr")
                .check(all);
        noClasses()
                .that()
                .doNotHaveSimpleName("StallDetector")
                .and()
                .doNotHaveSimpleName("StallEvent")
                .should()
                .dependOnClassesThat()
                .haveSimpleName("StallEvent")
                .check(all);
    }

    @Test
    void unsafeAndFinalizersAreNotUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("(sun\\.misc|jdk\\.internal\\.misc)\\.Unsafe")
                .check(all);
        assertThat(callersOf(to(System.class, "exit", "gc"))).isEmpty();
    }
}
