package io.quarkiverse.tokenstorage.sops.selector;

import io.quarkiverse.tokenstorage.sops.text.PrintableText;

/** A selector whose pattern cannot be used; whose fault that is depends on where the selector comes from. */
public final class InvalidSelectorException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidSelectorException(Selector selector, String reason) {
        super(selector.kind().fieldName() + " '" + PrintableText.of(selector.pattern()) + "' is not a valid RE2 expression: "
                + reason);
    }
}
