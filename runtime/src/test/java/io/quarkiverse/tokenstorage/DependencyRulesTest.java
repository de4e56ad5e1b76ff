package io.quarkiverse.tokenstorage;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;

/** Each package can be used without those that build on it, and only one knows of Quarkus. */
@AnalyzeClasses(packages = "io.quarkiverse.tokenstorage", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyRulesTest {

    private static final String ROOT = "io.quarkiverse.tokenstorage";

    @ArchTest
    static final ArchRule packagesUseOnlyThoseBelow = layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("types").definedBy(ROOT)
            .layer("files").definedBy(ROOT + ".files..")
            .layer("sops").definedBy(ROOT + ".sops", ROOT + ".sops.json..", ROOT + ".sops.rules..",
                    ROOT + ".sops.process..", ROOT + ".sops.selector..", ROOT + ".sops.shamir..", ROOT + ".sops.text..",
                    ROOT + ".sops.value..")
            .optionalLayer("keys").definedBy(ROOT + ".sops.age..", ROOT + ".sops.pgp..", ROOT + ".sops.kms..",
                    ROOT + ".sops.executable..")
            .layer("store").definedBy(ROOT + ".store..")
            .layer("storage").definedBy(ROOT + ".storage..")
            .optionalLayer("doctor").definedBy(ROOT + ".doctor..")
            .optionalLayer("commands").definedBy(ROOT + ".cli..")
            .layer("quarkus").definedBy(ROOT + ".runtime..")
            .whereLayer("types").mayNotAccessAnyLayer()
            .whereLayer("files").mayNotAccessAnyLayer()
            .whereLayer("sops").mayOnlyAccessLayers("types", "files")
            .whereLayer("keys").mayOnlyAccessLayers("types", "files", "sops")
            .whereLayer("store").mayOnlyAccessLayers("types", "files")
            .whereLayer("storage").mayOnlyAccessLayers("types", "files", "sops", "keys", "store")
            .whereLayer("doctor").mayOnlyAccessLayers("types", "files", "sops", "keys", "store", "storage")
            .whereLayer("commands").mayOnlyAccessLayers("types", "files", "sops", "keys", "store", "storage", "doctor");

    @ArchTest
    static final ArchRule packagesOfSopsAreFreeOfCycles = slices().matching(ROOT + ".sops.(*)..")
            .should().beFreeOfCycles();

    @ArchTest
    static final ArchRule kindsOfKeysDoNotKnowEachOther = slices()
            .matching(ROOT + ".sops.(age|pgp|kms|executable)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule jsonTextAndSharingKnowNothingElseOfSops = CompositeArchRule
            .of(alone("json")).and(alone("text")).and(alone("shamir"));

    private static ArchRule alone(String name) {
        return noClasses().that().resideInAPackage(ROOT + ".sops." + name + "..").should()
                .dependOnClassesThat(
                        resideInAPackage(ROOT + ".*..").and(resideOutsideOfPackage(ROOT + ".sops." + name + "..")));
    }

    @ArchTest
    static final ArchRule onlyTheGlueKnowsQuarkus = noClasses().that().resideOutsideOfPackage(ROOT + ".runtime..")
            .should().dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "io.smallrye..", "org.eclipse.microprofile..", "jakarta.enterprise..",
                    "jakarta.annotation..");

    @ArchTest
    static final ArchRule onlyCommandsAreInjected = noClasses()
            .that().resideOutsideOfPackages(ROOT + ".runtime..", ROOT + ".cli..")
            .should().dependOnClassesThat().resideInAnyPackage("jakarta..", "picocli..");

    @ArchTest
    static final ArchRule typesNeedOnlyTheJdk = noClasses().that().resideInAPackage(ROOT)
            .should().dependOnClassesThat().resideOutsideOfPackages("java..", ROOT);

    @ArchTest
    static final ArchRule storesKnowNeitherJsonNorSops = noClasses().that().resideInAPackage(ROOT + ".store..")
            .should().dependOnClassesThat()
            .resideOutsideOfPackages("java..", "javax..", "org.jboss.logging..", ROOT, ROOT + ".files..",
                    ROOT + ".store..");

    @ArchTest
    static final ArchRule jaggedStaysWithAge = noClasses().that().resideOutsideOfPackage(ROOT + ".sops.age..")
            .should().dependOnClassesThat().resideInAnyPackage("com.exceptionfactory..", "org.bouncycastle..");

    @ArchTest
    static final ArchRule theAwsSdkStaysWithKms = noClasses()
            .that().resideOutsideOfPackages(ROOT + ".sops.kms..", ROOT + ".runtime..")
            .should().dependOnClassesThat().resideInAnyPackage("software.amazon..");

    @ArchTest
    static final ArchRule noReflectionAndNoServiceLoader = noClasses().that().resideOutsideOfPackage(ROOT + ".runtime.graal..")
            .should().dependOnClassesThat().resideInAnyPackage("java.lang.reflect..")
            .orShould().callMethodWhere(target(owner(type(Class.class))).and(target(name("forName"))))
            .orShould().dependOnClassesThat().haveFullyQualifiedName("java.util.ServiceLoader");
}
