package io.quarkiverse.tokenstorage.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.KeyKind;
import io.quarkiverse.tokenstorage.sops.PreparedEncryption;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.store.StoredDocument;

/** Tokens encrypted with SOPS: every save has a new data key, wrapped for the recipients of the rule that applies then. */
final class SopsTokenCodec implements TokenCodec {

    private final SopsSetup sops;
    private final RecipientGuard recipients;
    private final ClearTextGuard clearText;

    SopsTokenCodec(SopsSetup sops, RecipientGuard recipients, ClearTextGuard clearText) {
        this.sops = sops;
        this.recipients = recipients;
        this.clearText = clearText;
    }

    @Override
    public AuthToken decode(StoredDocument document) {
        return TokenJson.read(sops.engine().decrypt(document.content(), document.location()), document.location());
    }

    @Override
    public Optional<AuthToken> decodeAtHand(StoredDocument document) {
        return sops.engine().decryptAtHand(document.content(), document.location())
                .map(plain -> TokenJson.read(plain, document.location()));
    }

    /** {@inheritDoc} Only age keys can be listed so; what of a rule has other keys is left open. */
    @Override
    public void requireSavable(Path target) {
        CreationRule rule = sops.rules().ruleFor(target);
        clearText.refuseUnlessSelected(rule, rule.selection(), TokenJson.TOKENS);
        if (rule.keyGroups().stream().flatMap(List::stream).allMatch(key -> key.kind() == KeyKind.AGE)) {
            recipients.refuseStrangers(rule);
            recipients.requireOwnKey(rule);
        }
    }

    @Override
    public void requireConfigured(Path target) {
        sops.rules().ruleFor(target);
    }

    @Override
    public PreparedEncoding prepare(Path target, Optional<StoredDocument> replaced) {
        CreationRule rule = sops.rules().ruleFor(target);
        recipients.refuseStrangers(rule);
        replaced.ifPresentOrElse(document -> recipients.warnOfChange(rule, document),
                () -> recipients.warnOfOthers(rule, target));
        return new SopsEncoding(sops.engine().prepare(rule), clearText);
    }

    @Override
    public void close() {
        sops.close();
    }

    private record SopsEncoding(PreparedEncryption encryption, ClearTextGuard clearText) implements PreparedEncoding {

        @Override
        public void requireFitForAnyToken() {
            clearText.refuseUnlessSelected(encryption.rule(), encryption.selection(), TokenJson.TOKENS);
            encryption.requireReady();
        }

        @Override
        public byte[] encode(AuthToken token) {
            JsonObject document = TokenJson.write(token);
            clearText.refuseUnlessSelected(encryption.rule(), encryption.selection(), TokenJson.tokensIn(document));
            clearText.warnOfMetadata(encryption, document);
            return encryption.encrypt(document);
        }

        @Override
        public void close() {
            encryption.close();
        }
    }
}
