package io.quarkiverse.tokenstorage.sops.kms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.HostEnvironment;

/** The name under which a role is assumed, as it then stands in the audit log of AWS ({@code stsSessionName}). */
final class RoleSessionName {

    private static final int MAX_LENGTH = 64;
    private static final Path KERNEL_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    /** As in sops; there the hyphen is taken for a range, so the one in a host name goes too. */
    private static final Pattern UNUSUAL = Pattern.compile("[^a-zA-Z0-9=,.@_]+");

    private RoleSessionName() {
    }

    static String of(HostEnvironment environment) {
        return of(hostName(environment));
    }

    static String of(String hostName) {
        String name = "sops@" + UNUSUAL.matcher(hostName).replaceAll("");
        return name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) : name;
    }

    /** Without a look-up in the network, which could take long. */
    private static String hostName(HostEnvironment environment) {
        try {
            return Files.readString(KERNEL_HOST_NAME).strip();
        } catch (IOException e) {
            Optional<String> windows = environment.nonEmptyVariable("COMPUTERNAME");
            return windows.or(() -> environment.nonEmptyVariable("HOSTNAME")).orElse("localhost");
        }
    }
}
