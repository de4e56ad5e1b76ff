package io.quarkiverse.tokenstorage.storage;

import java.time.Instant;

import io.quarkiverse.tokenstorage.sops.KeyDifference;

/**
 * What was done to the keys of one stored token, or would be.
 *
 * @param location the file that was read
 * @param lastModified when its values were encrypted last, before this change
 * @param rule where the keys come from, for people: rules file and number of the rule, or the name of the setting
 * @param keys how the recipients differ; a rotation changes the file even if they do not
 * @param changed whether the file is another one now (or would be); if not, it was not touched
 */
public record KeyChange(String location, Instant lastModified, String rule, KeyDifference keys, boolean changed) {
}
