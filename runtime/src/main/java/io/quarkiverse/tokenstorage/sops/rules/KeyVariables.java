package io.quarkiverse.tokenstorage.sops.rules;

import java.util.List;

/** The variables of sops that name master keys, and so replace those of any rule. */
public final class KeyVariables {

    private KeyVariables() {
    }

    /** {@code SOPS_AGE_RECIPIENTS} and the like, one for each kind of key. */
    public static List<String> names() {
        return EnvironmentKeys.variableNames();
    }
}
