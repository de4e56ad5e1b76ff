package io.quarkiverse.tokenstorage.sops.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.sops.KeyKind;

/**
 * Master keys in the variables of sops. As there, any of them replaces the keys of the matching rule, whatever their kinds
 * ({@code cmd/sops/main.go}, {@code keyGroups}).
 *
 * @param origin the names of the variables that are set
 */
record EnvironmentKeys(String origin, List<KeyDescription> keys) {

    private record Variable(String name, KeyKind kind) {
    }

    /** In the order of sops. */
    private static final List<Variable> VARIABLES = List.of(new Variable("SOPS_KMS_ARN", KeyKind.KMS),
            new Variable("SOPS_GCP_KMS_IDS", KeyKind.GCP_KMS), new Variable("SOPS_HUAWEICLOUD_KMS_IDS", KeyKind.HCKMS),
            new Variable("SOPS_AZURE_KEYVAULT_URLS", KeyKind.AZURE_KV), new Variable("SOPS_PGP_FP", KeyKind.PGP),
            new Variable("SOPS_VAULT_URIS", KeyKind.HC_VAULT), new Variable("SOPS_AGE_RECIPIENTS", KeyKind.AGE));

    static EnvironmentKeys of(HostEnvironment environment) {
        List<Variable> set = VARIABLES.stream().filter(variable -> environment.nonEmptyVariable(variable.name()).isPresent())
                .toList();
        List<KeyDescription> keys = new ArrayList<>();
        for (Variable variable : set) {
            for (String text : KeyText.split(environment.variable(variable.name()).orElseThrow(), true)) {
                keys.add(KeyText.describe(variable.kind(), text, Optional.empty()));
            }
        }
        return new EnvironmentKeys(set.stream().map(Variable::name).collect(Collectors.joining(", ")), List.copyOf(keys));
    }

    static List<String> variableNames() {
        return VARIABLES.stream().map(Variable::name).toList();
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }
}
