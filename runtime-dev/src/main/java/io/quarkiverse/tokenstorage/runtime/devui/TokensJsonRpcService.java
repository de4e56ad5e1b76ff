package io.quarkiverse.tokenstorage.runtime.devui;

import java.time.Clock;
import java.util.Optional;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.devui.Diagnosis;
import io.quarkiverse.tokenstorage.devui.Outcome;
import io.quarkiverse.tokenstorage.devui.Revelation;
import io.quarkiverse.tokenstorage.devui.TokenDesk;
import io.quarkiverse.tokenstorage.devui.TokenDetails;
import io.quarkiverse.tokenstorage.devui.TokenEntry;
import io.quarkiverse.tokenstorage.devui.TokenList;
import io.quarkiverse.tokenstorage.storage.StorageSettings;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableBean;
import io.smallrye.common.annotation.Blocking;

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
        Optional<String> ownStorage = bean.isDefaultBean() ? Optional.empty()
                : Optional.of(bean.getBeanClass().getSimpleName());
        desk = new TokenDesk(settings, storage, ownStorage, Clock.systemUTC());
    }

    @PreDestroy
    void close() {
        desk.close();
    }

    /** How many tokens are stored, for the card. */
    @Blocking
    public int count() {
        return (int) desk.list(-1).entries().stream().filter(TokenEntry::stored).count();
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
