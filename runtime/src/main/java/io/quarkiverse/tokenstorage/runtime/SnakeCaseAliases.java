package io.quarkiverse.tokenstorage.runtime;

import java.util.HashMap;
import java.util.Map;

import jakarta.annotation.Priority;

import io.smallrye.config.FallbackConfigSourceInterceptor;
import io.smallrye.config.Priorities;

/**
 * Lets {@code auth.token_storage} stand for {@code auth.token-storage}, and so on for every key whose last segment has a
 * dash. Only these last segments are translated: a provider name may itself contain either character. If both spellings are
 * set, the source with the higher ordinal wins, and the dash within one source.
 * <p>
 * It stands outside of the interceptors for profiles and expressions, so that both work in either spelling.
 */
@Priority(Priorities.LIBRARY + 600)
public final class SnakeCaseAliases extends FallbackConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;

    private static final String ROOT = "auth.";
    private static final String PROVIDERS = "auth.providers.";

    /** Each spelling of a whole key, to the other. */
    private static final Map<String, String> KEYS = bothWays("auth.token-storage", "auth.default-provider",
            "auth.storage.lock-timeout", "auth.storage.sops.config-file", "auth.storage.sops.age.key-file",
            "auth.storage.sops.data-key-lifetime", "auth.health.max-age");

    /** Each spelling of the last segment below a provider, to the other. */
    private static final Map<String, String> PROVIDER_LEAVES = bothWays("token-storage");

    public SnakeCaseAliases() {
        super(SnakeCaseAliases::otherSpelling);
    }

    /** The same key in the other spelling, or the key itself if it has only one. */
    static String otherSpelling(String key) {
        if (!key.startsWith(ROOT)) {
            return key;
        }
        if (key.startsWith(PROVIDERS)) {
            int leaf = key.lastIndexOf('.') + 1;
            String other = leaf > PROVIDERS.length() ? PROVIDER_LEAVES.get(key.substring(leaf)) : null;
            return other == null ? key : key.substring(0, leaf) + other;
        }
        return KEYS.getOrDefault(key, key);
    }

    private static Map<String, String> bothWays(String... dashed) {
        Map<String, String> pairs = new HashMap<>();
        for (String key : dashed) {
            pairs.put(key, key.replace('-', '_'));
            pairs.put(key.replace('-', '_'), key);
        }
        return Map.copyOf(pairs);
    }
}
