package io.quarkiverse.tokenstorage.storage;

import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.sops.SopsDocument;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.store.DocumentStore;
import io.quarkiverse.tokenstorage.store.StoredDocument;

/** Reads what encrypted documents have in clear. */
final class DocumentInspection {

    private static final List<String> SHOWN = List.of(TokenJson.TOKEN_TYPE, TokenJson.EXPIRES_AT, TokenJson.ISSUED_AT,
            TokenJson.SCOPE);

    private final DocumentStore store;

    DocumentInspection(DocumentStore store) {
        this.store = store;
    }

    Optional<UnverifiedToken> inspect(String provider) {
        return store.read(provider).map(DocumentInspection::inspect);
    }

    private static UnverifiedToken inspect(StoredDocument stored) {
        SopsDocument document = SopsDocument.parse(stored.content(), stored.location());
        JsonObject clear = document.clearTree();
        List<String> encrypted = SHOWN.stream()
                .filter(name -> clear.get(name).isEmpty() && document.tree().get(name).isPresent()).toList();
        TokenMembers members = new TokenMembers(clear, stored.location());
        return new UnverifiedToken(stored.location(), members.text(TokenJson.TOKEN_TYPE),
                members.moment(TokenJson.EXPIRES_AT), members.moment(TokenJson.ISSUED_AT),
                encrypted.contains(TokenJson.SCOPE) ? Optional.empty() : Optional.of(members.scope(TokenJson.SCOPE)),
                document.tree().get(TokenJson.REFRESH_TOKEN).filter(value -> value != JsonNull.NULL).isPresent(), encrypted);
    }
}
