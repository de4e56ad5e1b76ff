package io.quarkiverse.tokenstorage.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.quarkiverse.tokenstorage.sops.KeyDifference;
import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonInteger;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;
import io.quarkiverse.tokenstorage.storage.KeyChange;

/**
 * What became of the keys of one provider's token.
 *
 * @param change absent if it failed
 * @param failure present if it failed
 */
record KeyOutcome(String provider, Status status, Optional<KeyChange> change, Optional<RuntimeException> failure) {

    private static final int LONGEST_LIST = 2000;

    /** The words of {@code --json} are these in lower case; they never change. */
    enum Status {
        CHANGED,
        UNCHANGED,
        FAILED
    }

    static KeyOutcome of(String provider, KeyChange change, boolean changed) {
        return new KeyOutcome(provider, changed ? Status.CHANGED : Status.UNCHANGED, Optional.of(change), Optional.empty());
    }

    static KeyOutcome failed(String provider, RuntimeException failure) {
        return new KeyOutcome(provider, Status.FAILED, Optional.empty(), Optional.of(failure));
    }

    /** Rule and recipients, in words. */
    String detail() {
        if (change.isEmpty()) {
            return FailureReport.describe(failure.orElseThrow());
        }
        KeyChange known = change.get();
        List<String> parts = new ArrayList<>();
        List<KeyDifference.Group> groups = known.keys().groups();
        for (int i = 0; i < groups.size(); i++) {
            String group = groups.size() > 1 ? " in group " + (i + 1) : "";
            addList(parts, "added" + group, groups.get(i).added());
            addList(parts, "removed" + group, groups.get(i).removed());
        }
        if (known.keys().oldThreshold() != known.keys().newThreshold()) {
            parts.add("threshold " + known.keys().newThreshold() + " instead of " + known.keys().oldThreshold());
        }
        return known.rule() + ": " + (parts.isEmpty() ? "same recipients" : String.join("; ", parts));
    }

    /** What stands in the file may be of any length. */
    private static void addList(List<String> parts, String what, List<String> recipients) {
        if (!recipients.isEmpty()) {
            parts.add(what + " " + PrintableText.of(String.join(", ", recipients), LONGEST_LIST));
        }
    }

    JsonObject json() {
        JsonObject.Builder json = JsonObject.builder().add("provider", provider)
                .add("status", status.name().toLowerCase(Locale.ROOT));
        failure.ifPresent(cause -> json.add("detail", FailureReport.describe(cause)));
        change.ifPresent(known -> json.add("file", known.location())
                .add("rule", known.rule())
                .add("last_modified", known.lastModified().toString())
                .add("groups", new JsonArray(List.copyOf(known.keys().groups().stream().map(KeyOutcome::group).toList())))
                .add("shamir_threshold", new JsonInteger(known.keys().newThreshold())));
        return json.build();
    }

    private static JsonObject group(KeyDifference.Group group) {
        return JsonObject.builder().add("kept", JsonOutput.texts(group.kept())).add("added", JsonOutput.texts(group.added()))
                .add("removed", JsonOutput.texts(group.removed())).build();
    }

    /** Leaves out the failure: what is not ours may quote anything. */
    @Override
    public String toString() {
        return "KeyOutcome[" + provider + ", " + status + "]";
    }
}
