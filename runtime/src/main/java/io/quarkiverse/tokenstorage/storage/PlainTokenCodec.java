package io.quarkiverse.tokenstorage.storage;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.sops.json.JsonException;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.json.JsonWriter;
import io.quarkiverse.tokenstorage.store.StoredDocument;

/** Tokens as plain JSON. Says once, at first use, that they are not encrypted. */
final class PlainTokenCodec implements TokenCodec {

    private static final Logger LOG = Logger.getLogger(PlainTokenCodec.class);

    private final Path directory;
    private final AtomicBoolean warned = new AtomicBoolean();

    PlainTokenCodec(Path directory) {
        this.directory = directory;
    }

    @Override
    public AuthToken decode(StoredDocument document) {
        warnOnce();
        return read(document);
    }

    @Override
    public Optional<AuthToken> decodeAtHand(StoredDocument document) {
        return Optional.of(read(document));
    }

    @Override
    public void requireConfigured(Path target) {
        // there is nothing to configure
    }

    @Override
    public void requireSavable(Path target) {
        // plain JSON needs no key
    }

    private static AuthToken read(StoredDocument document) {
        try {
            return TokenJson.read(JsonReader.read(document.content(), document.location()), document.location());
        } catch (JsonException e) {
            throw new DamagedDocumentException(e.getMessage());
        }
    }

    @Override
    public PreparedEncoding prepare(Path target, Optional<StoredDocument> replaced) {
        warnOnce();
        return new PlainEncoding();
    }

    private void warnOnce() {
        if (warned.compareAndSet(false, true)) {
            LOG.warnf("FileTokenStorage: Tokens will be stored UNENCRYPTED at %s", directory);
        }
    }

    @Override
    public void close() {
        // nothing is kept
    }

    private static final class PlainEncoding implements PreparedEncoding {

        @Override
        public void requireFitForAnyToken() {
            // plain JSON holds any token
        }

        @Override
        public byte[] encode(AuthToken token) {
            return JsonWriter.write(TokenJson.write(token), JsonWriter.TAB);
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
