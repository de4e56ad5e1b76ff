package io.quarkiverse.tokenstorage.deployment;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;

import io.quarkiverse.tokenstorage.devui.PageKey;
import io.quarkiverse.tokenstorage.runtime.devui.TokensJsonRpcService;
import io.quarkus.deployment.IsLocalDevelopment;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.dev.console.DevConsoleManager;
import io.quarkus.devui.spi.DevUIContent;
import io.quarkus.devui.spi.JsonRPCProvidersBuildItem;
import io.quarkus.devui.spi.buildtime.StaticContentBuildItem;
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

    /**
     * The key that the pages show with their calls, as a file beside them. Quarkus serves these neither to pages of other
     * origins nor under other names of this machine. As JSON, because a script could be included from anywhere, and not as
     * build-time data of a page, which the Dev MCP server hands out to anybody.
     */
    @BuildStep(onlyIf = IsLocalDevelopment.class)
    StaticContentBuildItem pageKey() {
        String key = DevConsoleManager.getGlobal(TokensJsonRpcService.PAGE_KEY);
        if (key == null) {
            // Pages outlive a live reload, so the key has to
            key = PageKey.generate(new SecureRandom());
            DevConsoleManager.setGlobal(TokensJsonRpcService.PAGE_KEY, key);
        }
        byte[] json = ('"' + key + '"').getBytes(StandardCharsets.UTF_8);
        return new StaticContentBuildItem(List.of(DevUIContent.builder().fileName("token-storage-page-key.json").template(json)
                .build()));
    }
}
