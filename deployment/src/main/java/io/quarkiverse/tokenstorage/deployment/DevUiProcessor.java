package io.quarkiverse.tokenstorage.deployment;

import io.quarkiverse.tokenstorage.runtime.devui.TokensJsonRpcService;
import io.quarkus.deployment.IsLocalDevelopment;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.devui.spi.JsonRPCProvidersBuildItem;
import io.quarkus.devui.spi.page.CardPageBuildItem;
import io.quarkus.devui.spi.page.Page;

/** The card and the pages in the Dev UI. What they ask is in a module that only applications in development have. */
class DevUiProcessor {

    @BuildStep(onlyIf = IsLocalDevelopment.class)
    CardPageBuildItem pages() {
        CardPageBuildItem card = new CardPageBuildItem();
        card.setLogo("token-storage-dark.svg", "token-storage-light.svg");
        card.addPage(Page.webComponentPageBuilder().title("Tokens").icon("font-awesome-solid:key")
                .componentLink("qwc-token-storage-tokens.js").dynamicLabelJsonRPCMethodName("count"));
        card.addPage(Page.webComponentPageBuilder().title("Doctor").icon("font-awesome-solid:stethoscope")
                .componentLink("qwc-token-storage-doctor.js"));
        return card;
    }

    @BuildStep(onlyIf = IsLocalDevelopment.class)
    JsonRPCProvidersBuildItem questions() {
        return new JsonRPCProvidersBuildItem(TokensJsonRpcService.class);
    }
}
