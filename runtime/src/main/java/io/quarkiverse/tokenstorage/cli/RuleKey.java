package io.quarkiverse.tokenstorage.cli;

import java.util.function.Predicate;

import io.quarkiverse.tokenstorage.sops.rules.KeyDescription;
import io.quarkiverse.tokenstorage.sops.rules.RuleKeys;

/**
 * The key that {@code secrets init} sets up.
 *
 * @param name for people
 * @param written how a new rule has it
 * @param servedBy whether a rule that names the given key will do as well
 */
record RuleKey(String name, RuleKeys written, Predicate<KeyDescription> servedBy) {
}
