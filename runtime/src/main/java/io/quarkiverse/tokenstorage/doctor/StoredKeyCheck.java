package io.quarkiverse.tokenstorage.doctor;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.doctor.StoredTokens.Reading;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.sops.KeyDifference;
import io.quarkiverse.tokenstorage.sops.SopsMetadata;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;
import io.quarkiverse.tokenstorage.sops.text.ShortList;
import io.quarkiverse.tokenstorage.store.DocumentNames;

/** Whether the stored tokens are encrypted for the keys that a save would use today. */
final class StoredKeyCheck implements Check {

    private static final String NAME = "Stored tokens have the keys of the rule";
    private static final int LONGEST_LIST = 1000;

    @Override
    public List<Finding> examine(Installation installation) {
        if (installation.sops().isEmpty()) {
            return List.of(Finding.skipped(NAME, Installation.NOT_ENCRYPTED));
        }
        List<Finding> findings = new ArrayList<>();
        List<String> same = new ArrayList<>();
        for (Reading reading : installation.stored().readings()) {
            reading.keys().ifPresent(keys -> compare(installation, reading, keys, same, findings));
        }
        if (!same.isEmpty()) {
            findings.add(0, Finding.ok(NAME, ShortList.of(same)));
        }
        return findings.isEmpty() ? List.of(Finding.ok(NAME, "none is stored yet")) : findings;
    }

    private static void compare(Installation installation, Reading reading, SopsMetadata keys, List<String> same,
            List<Finding> findings) {
        CreationRule rule;
        try {
            rule = installation.sops().orElseThrow().rules().ruleFor(installation.sopsDirectory().orElseThrow()
                    .resolve(DocumentNames.SOPS.current(reading.provider())));
        } catch (StorageNotConfiguredException e) {
            findings.add(Finding.skipped(NAME, reading.provider() + ": there is no creation rule to compare with"));
            return;
        }
        KeyDifference difference = KeyDifference.onUpdate(keys, rule);
        if (difference.sameKeys()) {
            same.add(reading.provider());
        } else {
            findings.add(
                    Finding.warn(NAME, reading.provider() + " is encrypted for other keys than " + rule.origin() + " names: "
                            + describe(difference), fix(installation, reading, difference)));
        }
    }

    private static String describe(KeyDifference difference) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < difference.groups().size(); i++) {
            KeyDifference.Group group = difference.groups().get(i);
            String where = difference.groups().size() > 1 ? " in group " + (i + 1) : "";
            group.added().forEach(key -> parts.add("not for " + key + where));
            group.removed().forEach(key -> parts.add("but for " + key + where));
        }
        if (difference.oldThreshold() != difference.newThreshold()) {
            parts.add(difference.oldThreshold() + " key groups are needed, not " + difference.newThreshold());
        }
        return PrintableText.of(String.join(", ", parts), LONGEST_LIST);
    }

    /** Who is removed keeps what it could read, unless the data key is another one. */
    private static String fix(Installation installation, Reading reading, KeyDifference difference) {
        String provider = reading.provider();
        String rotate = installation.command("secrets rotate " + provider);
        if (reading.failure().isPresent()) {
            return "log in again, or where it can be opened: " + installation.command("secrets updatekeys " + provider);
        }
        if (installation.isExecutable()) {
            return rotate;
        }
        boolean removed = difference.groups().stream().anyMatch(group -> !group.removed().isEmpty());
        return installation.command("secrets updatekeys " + provider)
                + (removed ? ", or with a new data key, so that the former keys are of no use: " + rotate : "");
    }
}
