package io.quarkiverse.tokenstorage.interop.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.logging.ConsoleHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import io.quarkiverse.tokenstorage.AuthToken;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.storage.CloseableTokenStorage;
import io.quarkiverse.tokenstorage.storage.StorageOptions;
import io.quarkiverse.tokenstorage.storage.TokenImport;
import io.quarkiverse.tokenstorage.storage.TokenStorages;

/**
 * The program that {@link PlantedSecretsTest} watches: it does everything with the tokens and files it is given, and prints
 * whatever an application could come to print: exceptions with their causes, the text of every object, logs of all levels.
 */
final class PlantedSecrets {

    private final Path imports;
    private final StorageOptions options;
    private final List<Path> keyFiles;

    private PlantedSecrets(Path root, Optional<String> sops) throws IOException {
        this.imports = root.resolve("imports");
        this.keyFiles = filesIn(root.resolve("keys"));
        StorageOptions inThisProcess = StorageOptions.defaults().withEnvironment(HostEnvironment.current());
        this.options = sops.map(inThisProcess::withSopsExecutable).orElse(inThisProcess);
    }

    /**
     * @param arguments the backend, then the directory with {@code imports}, {@code keys} and {@code tokens}, then the sops
     *        program if it is to be the engine
     */
    public static void main(String[] arguments) throws IOException {
        Logger root = Logger.getLogger("");
        root.setLevel(Level.ALL);
        ConsoleHandler console = new ConsoleHandler();
        console.setLevel(Level.ALL);
        root.addHandler(console);
        PlantedSecrets program = new PlantedSecrets(Path.of(arguments[1]),
                Stream.of(arguments).skip(2).findFirst());
        Path tokens = Path.of(arguments[1]).resolve("tokens");
        if (arguments[0].equals("file")) {
            try (CloseableTokenStorage storage = TokenStorages.file(tokens, program.options)) {
                program.importAll(storage);
            }
        } else {
            try (CloseableTokenStorage storage = TokenStorages.sops(tokens, program.options)) {
                program.loadAll(storage);
                program.importAll(storage);
            }
            program.loadWithEachKeyFile(tokens);
        }
    }

    private void importAll(CloseableTokenStorage storage) throws IOException {
        int number = 0;
        for (Path file : filesIn(imports)) {
            String provider = "imported" + number++;
            byte[] json = Files.readAllBytes(file);
            report(() -> {
                AuthToken token = new TokenImport(Clock.systemUTC()).read(json, file.toString());
                System.out.println(token);
                storage.save(provider, token);
                System.out.println(storage.load(provider));
                System.out.println(storage.update(provider, stored -> stored
                        .map(old -> old.toBuilder().expiresAt(null).build())));
                storage.update(provider, stored -> {
                    throw new IllegalStateException("refused by " + stored);
                });
            });
        }
        System.out.println(storage + " " + storage.providers());
    }

    private void loadAll(CloseableTokenStorage storage) {
        for (String provider : storage.providers()) {
            report(() -> System.out.println(provider + " " + storage.load(provider)));
        }
    }

    private void loadWithEachKeyFile(Path tokens) {
        for (Path keyFile : keyFiles) {
            try (CloseableTokenStorage storage = TokenStorages.sops(tokens, options.withAgeKeyFile(keyFile))) {
                report(() -> System.out.println(storage.load("intact")));
                report(() -> storage.save("saved", AuthToken.builder("x").build()));
            }
        }
    }

    private static void report(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            e.printStackTrace();
            System.out.println(e);
            if (e instanceof TokenStorageException storageException) {
                Optional<AuthToken> unsaved = storageException.unsavedToken();
                System.out.println(unsaved);
            }
        }
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
