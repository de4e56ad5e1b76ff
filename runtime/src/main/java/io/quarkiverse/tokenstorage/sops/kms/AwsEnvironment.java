package io.quarkiverse.tokenstorage.sops.kms;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSupplier;

/**
 * Credentials, profiles and endpoints from where the AWS SDKs take them, in the order of the default chain of the SDK for
 * Java. What is in variables and in the home directory comes from the given environment.
 */
final class AwsEnvironment {

    private final HostEnvironment environment;

    AwsEnvironment(HostEnvironment environment) {
        this.environment = environment;
    }

    /** @param profile that must give them; empty for whatever gives some */
    AwsCredentialsProvider credentials(String profile) {
        if (!profile.isEmpty()) {
            return profileCredentials(profile);
        }
        List<AwsCredentialsProvider> chain = new ArrayList<>();
        chain.add(SystemPropertyCredentialsProvider.create());
        variables().ifPresent(chain::add);
        chain.add(WebIdentityTokenFileCredentialsProvider.create());
        chain.add(profileCredentials(profileName("")));
        chain.add(ContainerCredentialsProvider.builder().build());
        if (!isTrue("aws.disableEc2Metadata", "AWS_EC2_METADATA_DISABLED")) {
            chain.add(InstanceProfileCredentialsProvider.builder().profileFile(profiles()).profileName(profileName(""))
                    .build());
        }
        return AwsCredentialsProviderChain.builder().credentialsProviders(chain).build();
    }

    private AwsCredentialsProvider profileCredentials(String name) {
        return ProfileCredentialsProvider.builder().profileFile(profiles()).profileName(name).build();
    }

    private Optional<AwsCredentialsProvider> variables() {
        Optional<String> id = environment.nonEmptyVariable("AWS_ACCESS_KEY_ID");
        Optional<String> secret = environment.nonEmptyVariable("AWS_SECRET_ACCESS_KEY");
        if (id.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(StaticCredentialsProvider.create(environment.nonEmptyVariable("AWS_SESSION_TOKEN")
                .<AwsCredentials> map(
                        token -> AwsSessionCredentials.create(id.get(), secret.get(), token))
                .orElseGet(() -> AwsBasicCredentials.create(id.get(), secret.get()))));
    }

    /** The name of the profile whose settings apply. */
    String profileName(String profile) {
        return profile.isEmpty() ? setting("aws.profile", "AWS_PROFILE").orElse("default") : profile;
    }

    /** The shared files as they are whenever they are asked for. */
    ProfileFileSupplier profiles() {
        Optional<ProfileFileSupplier> credentials = file("aws.sharedCredentialsFile", "AWS_SHARED_CREDENTIALS_FILE",
                ".aws/credentials")
                .map(file -> ProfileFileSupplier.reloadWhenModified(file, ProfileFile.Type.CREDENTIALS));
        Optional<ProfileFileSupplier> configuration = file("aws.configFile", "AWS_CONFIG_FILE", ".aws/config")
                .map(file -> ProfileFileSupplier.reloadWhenModified(file, ProfileFile.Type.CONFIGURATION));
        if (credentials.isPresent() && configuration.isPresent()) {
            return ProfileFileSupplier.aggregate(credentials.get(), configuration.get());
        }
        return credentials.or(() -> configuration)
                .orElseGet(() -> ProfileFileSupplier.fixedProfileFile(ProfileFile.aggregator().build()));
    }

    private Optional<Path> file(String property, String variable, String belowHome) {
        Optional<Path> named = setting(property, variable).map(environment::resolve);
        return named.or(() -> home().map(home -> home.resolve(belowHome))).filter(Files::isRegularFile);
    }

    /** A container may have none and get its credentials elsewhere. */
    private Optional<Path> home() {
        try {
            return Optional.of(environment.home());
        } catch (StorageNotConfiguredException e) {
            return Optional.empty();
        }
    }

    /**
     * Another address of a service.
     *
     * @param service {@code KMS} or {@code STS}
     * @throws StorageNotConfiguredException if it is none
     */
    Optional<URI> endpoint(String service) {
        if (isTrue("aws.ignoreConfiguredEndpointUrls", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) {
            return Optional.empty();
        }
        String property = "aws.endpointUrl" + service.charAt(0) + service.substring(1).toLowerCase(Locale.ROOT);
        String variable = "AWS_ENDPOINT_URL_" + service;
        return setting(property, variable).map(text -> uri(variable, text))
                .or(() -> setting("aws.endpointUrl", "AWS_ENDPOINT_URL").map(text -> uri("AWS_ENDPOINT_URL", text)));
    }

    private static URI uri(String variable, String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Answered below
        }
        throw new StorageNotConfiguredException(variable
                + " is not the address of a service: write https://HOST, or remove it");
    }

    private boolean isTrue(String property, String variable) {
        return setting(property, variable).filter("true"::equalsIgnoreCase).isPresent();
    }

    /** System properties come first, as in the SDK. */
    private Optional<String> setting(String property, String variable) {
        return Optional.ofNullable(System.getProperty(property)).filter(text -> !text.isEmpty())
                .or(() -> environment.nonEmptyVariable(variable));
    }
}
