package io.quarkiverse.tokenstorage.runtime.devui;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.devui.Diagnosis;
import io.quarkiverse.tokenstorage.devui.Outcome;
import io.quarkiverse.tokenstorage.devui.OwnStorages;
import io.quarkiverse.tokenstorage.devui.PageKey;
import io.quarkiverse.tokenstorage.devui.RevealedToken;
import io.quarkiverse.tokenstorage.devui.TokenDesk;
import io.quarkiverse.tokenstorage.devui.TokenDetails;
import io.quarkiverse.tokenstorage.devui.TokenList;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableBean;
import io.quarkus.dev.console.DevConsoleManager;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.Identifier;

/**
 * The methods that the pages call. All wait for files, some for programs and services. None has a description: Quarkus would
 * list it as a tool of its Dev MCP server. That server calls those that are not listed too, so what shows or changes a token
 * takes the {@link PageKey}.
 * <p>
 * The page asks again instead of subscribing to a stream: Quarkus tells subscriptions apart by numbers that each browser
 * window counts for itself, so that a second window would end the stream of the first.
 */
@ApplicationScoped
public class TokensJsonRpcService {

    /** Where the build keeps the key of the pages for the applications of its session. */
    public static final String PAGE_KEY = "quarkus-token-storage.page-key";

    @Inject
    StorageSettings settings;

    @Inject
    TokenStorage storage;

    private TokenDesk desk;
    private PageKey pageKey;

    @PostConstruct
    void open() {
        pageKey = new PageKey(Optional.ofNullable(DevConsoleManager.<String> getGlobal(PAGE_KEY)));
        InjectableBean<TokenStorage> bean = Arc.container().instance(TokenStorage.class).getBean();
        OwnStorages own = bean.isDefaultBean() ? new OwnStorages(Optional.empty(), backendsOfTheApplication())
                : new OwnStorages(Optional.of(bean.getBeanClass().getSimpleName()), Set.of());
        desk = new TokenDesk(settings, new RequestScopedStorage(storage), own, Clock.systemUTC());
    }

    /** Told apart as the configured storage does: a bean may have the name of a built-in backend, and then is that. */
    private Set<String> backendsOfTheApplication() {
        Set<String> names = new TreeSet<>(settings.providerBackends().values());
        names.add(settings.defaultBackend());
        names.removeIf(name -> Arc.container().select(TokenStorage.class, Identifier.Literal.of(name)).getHandle().getBean()
                .isDefaultBean());
        return names;
    }

    @PreDestroy
    void close() {
        desk.close();
    }

    /** How many tokens are stored, for the card. */
    @Blocking
    public int count() {
        return desk.count();
    }

    @Blocking
    public TokenList list(long known) {
        return desk.list(known);
    }

    @Blocking
    public TokenList refresh() {
        return desk.refresh();
    }

    @Blocking
    public TokenDetails details(String provider, String key) {
        return pageKey.opensTo(key) ? desk.details(provider) : TokenDetails.problem(provider, PageKey.REFUSAL);
    }

    @Blocking
    public RevealedToken reveal(String provider, String member, String key) {
        return pageKey.opensTo(key) ? desk.reveal(provider, member) : new RevealedToken(null, PageKey.REFUSAL);
    }

    @Blocking
    public Outcome delete(String provider, String seen, String key) {
        return pageKey.opensTo(key) ? desk.delete(provider, seen) : new Outcome(false, PageKey.REFUSAL);
    }

    @Blocking
    public Outcome importToken(String provider, String response, String seen, String key) {
        return pageKey.opensTo(key) ? desk.importToken(provider, response, seen) : new Outcome(false, PageKey.REFUSAL);
    }

    @Blocking
    public Diagnosis diagnose() {
        return desk.diagnose();
    }
}
