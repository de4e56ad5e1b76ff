package io.quarkiverse.tokenstorage.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkiverse.tokenstorage.storage.StorageSettings;

/** Which backends keep the tokens, and what that means. */
final class BackendCheck implements Check {

    private static final String NAME = "Storage backend";
    private static final String FIX = "set auth.token-storage=sops when the application is built";

    @Override
    public List<Finding> examine(Installation installation) {
        StorageSettings settings = installation.settings();
        List<Finding> findings = new ArrayList<>();
        findings.add(verdict(settings.defaultBackend(), ""));
        new TreeMap<>(settings.providerBackends()).forEach((provider, backend) -> {
            if (!backend.equals(settings.defaultBackend())) {
                findings.add(verdict(backend, " for provider " + provider));
            }
        });
        return findings;
    }

    private static Finding verdict(String backend, String whom) {
        return switch (backend) {
            case BuiltInBackends.FILE -> Finding.warn(NAME, backend + whom + ": tokens are stored unencrypted", FIX);
            case BuiltInBackends.MEMORY -> Finding.warn(NAME, backend + whom + ": tokens are lost when the process ends", FIX);
            default -> Finding.ok(NAME, backend + whom);
        };
    }
}
