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
import io.quarkiverse.tokenstorage.devui.Revelation;
import io.quarkiverse.tokenstorage.devui.TokenDesk;
import io.quarkiverse.tokenstorage.devui.TokenDetails;
import io.quarkiverse.tokenstorage.devui.TokenList;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableBean;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.Identifier;

/**
 * The methods that the pages call. All wait for files, some for programs and services. None has a description on purpose:
 * Quarkus would offer it to AI agents as a tool of its Dev MCP server.
 * <p>
 * The page asks again instead of subscribing to a stream: Quarkus tells subscriptions apart by numbers that each browser
 * window counts for itself, so that a second window would end the stream of the first.
 */
@ApplicationScoped
public class TokensJsonRpcService {

    @Inject
    StorageSettings settings;

    @Inject
    TokenStorage storage;

    private TokenDesk desk;

    @PostConstruct
    void open() {
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
    public TokenDetails details(String provider) {
        return desk.details(provider);
    }

    @Blocking
    public Revelation reveal(String provider, String member) {
        return desk.reveal(provider, member);
    }

    @Blocking
    public Outcome delete(String provider) {
        return desk.delete(provider);
    }

    @Blocking
    public Outcome importToken(String provider, String response) {
        return desk.importToken(provider, response);
    }

    @Blocking
    public Diagnosis diagnose() {
        return desk.diagnose();
    }
}
