package org.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

import com.exceptionfactory.jagged.RecipientStanza;
import com.google.re2j.Pattern;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.age.AgeIdentityFile;
import io.quarkiverse.tokenstorage.sops.age.FastestX25519;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

class WithoutCdiTest {

    private static final AuthToken TOKEN = AuthToken.builder("access-1").refreshToken("refresh-1").build();

    // tag::isolated[]
    @TempDir
    Path directory;

    private CloseableTokenStorage isolated(String recipient, Path keyFile) {
        HostEnvironment nothing = new HostEnvironment(Map.of(), directory, directory.toString(), OperatingSystem.LINUX);
        return TokenStorages.sops(directory.resolve("tokens"), StorageOptions.defaults().withEnvironment(nothing)
                .withAgeRecipients(List.of(recipient)).withAgeKeyFile(keyFile));
    }
    // end::isolated[]

    /** The libraries are those that remain when Maven is told to leave out Quarkus. */
    @Test
    void aProgramNeedsNeitherQuarkusNorCdi() throws Exception {
        Path keyFile = directory.resolve("keys.txt");
        String recipient = makeKey(keyFile);

        String printed = run(List.of(WithoutCdi.class, TokenStorages.class, Yaml.class, Pattern.class, RecipientStanza.class,
                Logger.class), directory.resolve("tokens").toString(), recipient, keyFile.toString());

        assertThat(printed).isEqualToIgnoringNewLines("AuthToken[Bearer, expires unknown, refreshable, scope []]");
        try (CloseableTokenStorage tokens = isolated(recipient, keyFile)) {
            assertThat(tokens.load("corporate")).contains(TOKEN);
        }
    }

    @Test
    void savingNeedsARule() {
        HostEnvironment nothing = new HostEnvironment(Map.of(), directory, directory.toString(), OperatingSystem.LINUX);
        try (CloseableTokenStorage tokens = TokenStorages.sops(directory, StorageOptions.defaults().withEnvironment(nothing))) {
            assertThatThrownBy(() -> tokens.save("corporate", TOKEN)).isInstanceOf(StorageNotConfiguredException.class);
        }
    }

    @Test
    void aDirectoryIsMadeWhenTheFirstTokenIsSaved() {
        Path keyFile = directory.resolve("keys.txt");
        try (CloseableTokenStorage tokens = isolated(makeKey(keyFile), keyFile)) {
            assertThat(tokens.load("corporate")).isEmpty();
            assertThat(directory.resolve("tokens")).doesNotExist();

            tokens.save("corporate", TOKEN);
            assertThat(directory.resolve("tokens/corporate.token.sops.json")).isRegularFile();
        }
    }

    private static String makeKey(Path keyFile) {
        return AgeIdentityFile.create(keyFile, FastestX25519.detect(), new SecureRandom(), Clock.systemUTC());
    }

    /** Runs the first class in a JVM that has nothing but the libraries of all of them. */
    private static String run(List<Class<?>> classes, String... arguments)
            throws IOException, InterruptedException, URISyntaxException {
        List<String> libraries = new ArrayList<>();
        for (Class<?> type : classes) {
            libraries.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
        }
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                        String.join(System.getProperty("path.separator"), libraries), classes.get(0).getName()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("program", ".txt");
        try {
            Process program = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
            assertThat(program.waitFor(30, TimeUnit.SECONDS)).as("ends within 30 s").isTrue();
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(program.exitValue()).as(printed).isZero();
            return printed;
        } finally {
            Files.delete(output);
        }
    }
}
