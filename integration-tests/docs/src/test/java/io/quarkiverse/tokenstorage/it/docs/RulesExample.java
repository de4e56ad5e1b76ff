package io.quarkiverse.tokenstorage.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.sops.CreationRule;
import io.quarkiverse.tokenstorage.storage.SopsSetup;
import io.quarkiverse.tokenstorage.storage.StorageOptions;

/** Has the library read a rules file of the documentation, and find in it the rule for a token. */
final class RulesExample {

    private static final String RECIPIENT = "age1gkwazgey9qvs67hpkzt47tlg4fw26h9tk02gmj8pgausq7e0f58sydyel7";
    private static final String SSH = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFhmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZm";

    void check(String where, String text) {
        try {
            Path directory = Files.createTempDirectory("rules");
            Path file = Files.writeString(directory.resolve(".sops.yaml"), filledIn(text));
            HostEnvironment environment = new HostEnvironment(Map.of(), directory, directory.toString(), OperatingSystem.LINUX);
            try (SopsSetup sops = SopsSetup
                    .of(StorageOptions.defaults().withEnvironment(environment).withRulesFile(file))) {
                CreationRule rule = sops.rules().ruleFor(directory.resolve(tokenFile(text)));
                assertThat(rule.origin()).as(where).contains("rule 1");
            } finally {
                Files.delete(file);
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a reader is to fill in. */
    private static String filledIn(String text) {
        return text.replaceAll("ssh-ed25519 AAAA…", SSH).replaceAll("age1(…|x{20,})", RECIPIENT)
                .replace(":…:key/", ":123456789012:key/").replace("key/…", "key/1234abcd-12ab-34cd-56ef-1234567890ab");
    }

    private static String tokenFile(String text) {
        String separator = text.contains("tokens\\\\") ? "\\" : "/";
        return String.join(separator, ".config", "kstlib", "auth", "tokens", "corporate.token.sops.json");
    }
}
