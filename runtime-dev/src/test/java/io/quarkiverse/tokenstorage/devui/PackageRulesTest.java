package io.quarkiverse.tokenstorage.devui;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Only the questions know of Quarkus; the answers can be had, and tested, without. */
@AnalyzeClasses(packages = { "io.quarkiverse.tokenstorage.devui",
        "io.quarkiverse.tokenstorage.runtime.devui" }, importOptions = ImportOption.DoNotIncludeTests.class)
class PackageRulesTest {

    @ArchTest
    static final ArchRule onlyTheServiceKnowsQuarkus = noClasses().that().resideInAPackage("io.quarkiverse.tokenstorage.devui")
            .should().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "io.smallrye..", "org.eclipse.microprofile..",
                    "jakarta..", "io.quarkiverse.tokenstorage.runtime..", "io.quarkiverse.tokenstorage.cli..");

    /** A description would make a method a tool that Quarkus offers to AI agents. */
    @ArchTest
    static final ArchRule questionsMayWaitAndAreForThePagesOnly = methods().that().arePublic().and()
            .areDeclaredInClassesThat().resideInAPackage("io.quarkiverse.tokenstorage.runtime.devui")
            .and().areDeclaredInClassesThat().arePublic().should().beAnnotatedWith("io.smallrye.common.annotation.Blocking")
            .andShould().notBeAnnotatedWith("io.quarkus.runtime.annotations.JsonRpcDescription");

    @ArchTest
    static final ArchRule keysStayOutOfSight = noClasses().should().dependOnClassesThat()
            .haveSimpleName("DataKey");
}
