package io.quarkiverse.tokenstorage.sops.rules;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;

/** There are creation rules, and none is for this document; there may be one for another. */
public final class NoMatchingRuleException extends StorageNotConfiguredException {

    private static final long serialVersionUID = 1L;

    NoMatchingRuleException(String message) {
        super(message);
    }
}
