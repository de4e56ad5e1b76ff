package io.quarkiverse.tokenstorage.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.runtime.TokenStorageBuildTimeConfig;
import io.quarkiverse.tokenstorage.storage.BuiltInBackends;
import io.quarkus.deployment.IsProduction;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CuratedApplicationShutdownBuildItem;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.builditem.LaunchModeBuildItem;
import io.quarkus.deployment.builditem.LiveReloadBuildItem;
import io.quarkus.deployment.builditem.RunTimeConfigurationDefaultBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;
import io.quarkus.deployment.pkg.builditem.OutputTargetBuildItem;
import io.quarkus.runtime.LaunchMode;

/**
 * Keeps development and tests away from the home directory: whatever the application does not configure gets a place under
 * the build directory and a throw-away key.
 */
class DevServicesProcessor {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.tokenstorage");

    /** Without the dev service, too. */
    @BuildStep(onlyIfNot = IsProduction.class)
    void directoriesUnderTheBuildDirectory(LaunchModeBuildItem launchMode, OutputTargetBuildItem output,
            BuildProducer<RunTimeConfigurationDefaultBuildItem> defaults) {
        if (launchMode.getLaunchMode().isDevOrTest()) {
            String tokens = tokens(home(output, launchMode));
            defaults.produce(new RunTimeConfigurationDefaultBuildItem(AuthKeys.FILE_DIRECTORY, tokens));
            defaults.produce(new RunTimeConfigurationDefaultBuildItem(AuthKeys.SOPS_DIRECTORY, tokens));
        }
    }

    @BuildStep(onlyIfNot = IsProduction.class, onlyIf = DevServicesConfig.Enabled.class)
    void supply(TokenStorageBuildTimeConfig config, ChosenBackendsBuildItem chosen, LaunchModeBuildItem launchMode,
            OutputTargetBuildItem output, LiveReloadBuildItem liveReload, CuratedApplicationShutdownBuildItem shutdown,
            BuildProducer<DevServicesResultBuildItem> services) {
        if (!launchMode.getLaunchMode().isDevOrTest()) {
            return;
        }
        Map<String, String> supplied = new TreeMap<>();
        String description = "Turned off";
        if (config.devservices().enabled() && needed(chosen)) {
            Path home = isTest(launchMode) ? forOneRun(home(output, launchMode), shutdown) : home(output, launchMode);
            supplied.putAll(supplied(home, chosen));
            description = (supplied.containsKey(AuthKeys.AGE_KEY_FILE) ? "tokens and a throw-away key" : "tokens") + " under "
                    + home;
        }
        Supplied before = liveReload.getContextObject(Supplied.class);
        if (before != null) {
            before.withdrawnIn(supplied);
        }
        if (supplied.isEmpty()) {
            return;
        }
        liveReload.setContextObject(Supplied.class, new Supplied(supplied));
        services.produce(DevServicesResultBuildItem.discovered().name("token-storage").description(description)
                .config(supplied).build());
        if (before == null) {
            LOG.infof("Dev Services for Token Storage: %s; auth.devservices.enabled=false turns this off", description);
        }
    }

    private static boolean needed(ChosenBackendsBuildItem chosen) {
        return chosen.names().contains(BuiltInBackends.FILE) || chosen.names().contains(BuiltInBackends.SOPS);
    }

    /** Development keeps its tokens from one start to the next, each run of tests starts without any. */
    private static Path home(OutputTargetBuildItem output, LaunchModeBuildItem launchMode) {
        return output.getOutputDirectory().toAbsolutePath()
                .resolve(isTest(launchMode) ? "token-storage-test" : "token-storage-dev");
    }

    private static boolean isTest(LaunchModeBuildItem launchMode) {
        return launchMode.getLaunchMode() == LaunchMode.TEST;
    }

    private static String tokens(Path home) {
        return home.resolve("tokens").toString();
    }

    private static Map<String, String> supplied(Path home, ChosenBackendsBuildItem chosen) {
        Map<String, String> supplied = new TreeMap<>();
        for (String key : List.of(AuthKeys.FILE_DIRECTORY, AuthKeys.SOPS_DIRECTORY)) {
            if (!AuthKeys.isSet(key)) {
                supplied.put(key, tokens(home));
            }
        }
        boolean keysConfigured = Stream.of(AuthKeys.CONFIG_FILE, AuthKeys.AGE_RECIPIENTS, AuthKeys.AGE_KEY_FILE)
                .anyMatch(AuthKeys::isSet);
        if (chosen.names().contains(BuiltInBackends.SOPS) && !keysConfigured) {
            ThrowAwayKey key = ThrowAwayKey.in(home.resolve("keys.txt"));
            supplied.put(AuthKeys.AGE_KEY_FILE, key.file().toString());
            supplied.put(AuthKeys.AGE_RECIPIENTS, key.recipient());
        }
        return supplied;
    }

    private static Path forOneRun(Path home, CuratedApplicationShutdownBuildItem shutdown) {
        try {
            Files.createDirectories(home);
            Path run = Files.createTempDirectory(home, "run-");
            shutdown.addCloseTask(() -> delete(run), true);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a directory for the tokens of tests under " + home, e);
        }
    }

    private static void delete(Path run) {
        try (Stream<Path> files = Files.walk(run)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            LOG.warnf("The tokens of tests in %s could not be removed: %s", run, e.getMessage());
        }
    }

    /** What the last start of this session was supplied with. */
    private record Supplied(Map<String, String> config) {

        /**
         * Empties the keys that are supplied no longer. Quarkus would go on with the values of the last start, and a throw-away
         * key would outweigh the keys and rules that the application has got meanwhile. The directory stays: without the dev
         * service it is the same.
         */
        void withdrawnIn(Map<String, String> supplied) {
            for (String key : List.of(AuthKeys.AGE_KEY_FILE, AuthKeys.AGE_RECIPIENTS)) {
                if (config.containsKey(key) && !AuthKeys.isSet(key)) {
                    supplied.putIfAbsent(key, "");
                }
            }
        }
    }
}
