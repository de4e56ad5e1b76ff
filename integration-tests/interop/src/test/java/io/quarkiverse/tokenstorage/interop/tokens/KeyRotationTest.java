package io.quarkiverse.tokenstorage.interop.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.AgeIdentity;
import io.quarkiverse.tokenstorage.it.programs.ProgramRun;
import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonReader;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;
import io.quarkiverse.tokenstorage.storage.SopsTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/**
 * Two copies of one token file, under one set of rules: the keys of the one are changed by this library, those of the other
 * by sops. Where sops leaves no choice the results are equal to the byte.
 */
class KeyRotationTest {

    private static final AuthToken TOKEN = AuthToken.builder("access-secret").refreshToken("refresh-secret")
            .expiresAt(Instant.parse("2026-01-03T15:30:00Z")).scope(List.of("openid", "a<b>"))
            .metadata(Map.of("ratio", 1.5, "big", Long.MAX_VALUE, "x_unencrypted", true)).build();
    private static final String NAME = "github.token.sops.json";

    @TempDir
    Path directory;
    private Sandbox box;
    private Map<String, AgeIdentity> identities;
    private SopsTokenStorage storage;
    private Path ours;
    private Path theirs;

    @BeforeEach
    void makeStorage() {
        box = Sandbox.in(directory);
        identities = Map.of("own", box.identity(), "b", AgeIdentity.generate(), "c", AgeIdentity.generate());
        Sandbox.write(box.keyFile(),
                identities.values().stream().map(AgeIdentity::secretKey).collect(Collectors.joining("\n", "", "\n")));
        ours = box.work().resolve("ours").resolve(NAME);
        theirs = box.work().resolve("theirs").resolve(NAME);
        storage = open(Clock.systemUTC());
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private SopsTokenStorage open(Clock clock) {
        return TokenStorages.sops(ours.getParent(),
                StorageOptions.defaults().withEnvironment(box.environment()).withClock(clock));
    }

    /** A rule for groups separated by semicolons, of keys separated by blanks. */
    private void rule(String groups, String... furtherLines) {
        StringBuilder yaml = new StringBuilder("creation_rules:\n  - key_groups:\n");
        for (String group : groups.split(";")) {
            yaml.append("      - age:\n");
            for (String key : group.strip().split(" +")) {
                yaml.append("          - ").append(identities.get(key).recipient()).append('\n');
            }
        }
        for (String line : furtherLines) {
            yaml.append(line).append('\n');
        }
        box.rules(yaml.toString());
    }

    /** Saves long ago, so that every time that is written now differs. */
    private void save() {
        try (SopsTokenStorage past = open(Clock.fixed(Instant.parse("2026-01-03T14:30:00Z"), ZoneOffset.UTC))) {
            past.save("github", TOKEN);
        }
        copyToTheirs();
    }

    private void copyToTheirs() {
        Sandbox.write(theirs, bytes(ours));
        try {
            Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutWrappedKeys(Path file) {
        return new String(bytes(file), StandardCharsets.UTF_8).replaceAll("\"enc\": \"[^\"]*\"", "\"enc\": \"…\"");
    }

    private String sopsUpdatekeys() {
        ProgramRun run = box.sops("updatekeys", "--yes", theirs.toString());
        run.output();
        return run.stderr();
    }

    @ParameterizedTest
    @CsvSource({ "own, own b", "own b, own", "own b, c own", "own b, b own", "own, own; b", "own; b, own b", "own; b, own; c",
            "own; b; c, own; b", "own; b, own; b; c", "own; b, b; own" })
    void updatekeysDoesWhatSopsDoes(String before, String after) {
        rule(before);
        save();
        rule(after, "stores:", "  json:", "    indent: 2");

        String said = sopsUpdatekeys();
        boolean changed = storage.updateKeys("github").orElseThrow().changed();

        assertThat(changed).isEqualTo(!said.contains("already up to date"));
        assertThat(withoutWrappedKeys(ours)).isEqualTo(withoutWrappedKeys(theirs));
        assertThat(box.sopsDecrypt(bytes(ours))).isEqualTo(box.sopsDecrypt(bytes(theirs)));
        assertThat(storage.load("github")).contains(TOKEN);
    }

    @Test
    void eachFindsTheOthersWorkUpToDate() {
        rule("own");
        save();
        rule("own b");

        storage.updateKeys("github");
        copyToTheirs();
        assertThat(sopsUpdatekeys()).contains("already up to date");

        rule("own c");
        sopsUpdatekeys();
        storage.close();
        Sandbox.write(ours.resolveSibling("gitlab.token.sops.json"), bytes(theirs));
        storage = open(Clock.systemUTC());
        assertThat(storage.updateKeys("gitlab").orElseThrow().changed()).isFalse();
        assertThat(storage.load("gitlab")).contains(TOKEN);
    }

    /** sops has no way out of the threshold 1 that it writes itself; all groups are a threshold that it reads. */
    @Test
    void afterOneGroupThereCanBeTwoAgain() {
        rule("own; b");
        save();
        rule("own");
        storage.updateKeys("github");
        copyToTheirs();
        rule("own; b");

        assertThat(box.sops("updatekeys", "--yes", theirs.toString()).exit()).isNotZero();
        storage.updateKeys("github");
        assertThat(new String(bytes(ours), StandardCharsets.UTF_8)).contains("\"shamir_threshold\": 2");
        assertThat(box.sopsDecrypting(bytes(ours)).exit()).isZero();
    }

    @Test
    void whatAnOldWriterWroteBecomesTheSame() {
        rule("own");
        save();
        String old = new String(bytes(ours), StandardCharsets.UTF_8)
                .replaceFirst("\"sops\": \\{", "\"sops\": {\"kms\": null, \"pgp\": null, \"attention\": \"\", ")
                .replaceFirst("\"version\": \"[^\"]*\"", "\"version\": \"3.7.1\"")
                .replaceFirst("\"unencrypted_suffix\": \"_unencrypted\",", "").replaceFirst("14:30:00Z", "14:30:00+00:00");
        storage.delete("github");
        Sandbox.write(ours, old.getBytes(StandardCharsets.UTF_8));
        copyToTheirs();
        rule("own b");

        sopsUpdatekeys();
        storage.updateKeys("github");

        assertThat(withoutWrappedKeys(ours)).isEqualTo(withoutWrappedKeys(theirs)).contains("\"version\": \"3.7.1\"",
                "\"unencrypted_suffix\": \"_unencrypted\"", "14:30:00Z").doesNotContain("attention", "kms");
        assertThat(storage.load("github")).contains(TOKEN);
    }

    @ParameterizedTest
    @CsvSource({ "own b, ''", "own; b, ''", "own, '    encrypted_regex: _token$'", "own, '    mac_only_encrypted: true'" })
    void rotateChangesWhatSopsRotateChanges(String keys, String furtherLine) {
        rule(keys, furtherLine);
        save();
        JsonObject before = document(ours);
        byte[] plain = box.sopsDecrypt(bytes(ours));

        storage.rotate("github");
        box.sops("rotate", "--in-place", theirs.toString()).output();

        assertThat(changed(before, document(ours))).isEqualTo(changed(before, document(theirs)))
                .contains("access_token", "sops.mac", "sops.lastmodified");
        assertThat(box.sopsDecrypt(bytes(ours))).isEqualTo(plain);
        assertThat(storage.load("github")).contains(TOKEN);
    }

    private static JsonObject document(Path file) {
        return JsonReader.read(bytes(file), file.toString());
    }

    /** The paths of all values that differ. */
    private static TreeSet<String> changed(JsonValue before, JsonValue after) {
        TreeSet<String> paths = new TreeSet<>();
        collect("", before, after, paths);
        return paths;
    }

    private static void collect(String path, JsonValue before, JsonValue after, TreeSet<String> paths) {
        if (before instanceof JsonObject first && after instanceof JsonObject second) {
            assertThat(second.members().stream().map(member -> member.name()).toList())
                    .isEqualTo(first.members().stream().map(member -> member.name()).toList());
            for (int i = 0; i < first.members().size(); i++) {
                String name = first.members().get(i).name();
                collect(path.isEmpty() ? name : path + "." + name, first.members().get(i).value(),
                        second.members().get(i).value(), paths);
            }
        } else if (before instanceof JsonArray first && after instanceof JsonArray second) {
            assertThat(second.elements()).hasSameSizeAs(first.elements());
            for (int i = 0; i < first.elements().size(); i++) {
                collect(path + "[" + i + "]", first.elements().get(i), second.elements().get(i), paths);
            }
        } else if (before instanceof JsonString && !before.equals(after)) {
            paths.add(path);
        } else {
            assertThat(after).as(path).isEqualTo(before);
        }
    }
}
