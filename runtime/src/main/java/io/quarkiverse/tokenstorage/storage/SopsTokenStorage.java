package io.quarkiverse.tokenstorage.storage;

/** The encrypted backend: its keys can be changed, and what its files have in clear can be looked at without any key. */
public interface SopsTokenStorage extends CloseableTokenStorage, KeyRotation, TokenInspection {
}
