package io.quarkiverse.tokenstorage.deployment;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget.Kind;
import org.jboss.jandex.DotName;

import io.quarkiverse.tokenstorage.runtime.StartArgumentsProducer;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;

/** Makes beans of the ready-made commands; without that their injected fields would be null. */
class CommandsProcessor {

    private static final DotName COMMAND = DotName.createSimple("picocli.CommandLine$Command");
    private static final String PACKAGE = "io.quarkiverse.tokenstorage.cli.";

    @BuildStep
    void commands(Capabilities capabilities, CombinedIndexBuildItem index, BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isMissing(Capability.PICOCLI)) {
            return;
        }
        beans.produce(AdditionalBeanBuildItem.unremovableOf(PACKAGE + "GroupSubcommands"));
        beans.produce(new AdditionalBeanBuildItem(StartArgumentsProducer.class));
        for (AnnotationInstance command : index.getIndex().getAnnotations(COMMAND)) {
            if (command.target().kind() == Kind.CLASS && command.target().asClass().name().toString().startsWith(PACKAGE)) {
                beans.produce(AdditionalBeanBuildItem.unremovableOf(command.target().asClass().name().toString()));
            }
        }
    }
}
