package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.tokenstorage.store.DirectoryInspection;
import io.quarkiverse.tokenstorage.store.InspectedFile;

/**
 * What gives this process access to what it has none to: only an owner can change modes, and nobody where nothing can be
 * written.
 */
final class AccessFix {

    static final String ELSEWHERE = "set auth.storage.sops.directory to a directory of your own";

    private AccessFix() {
    }

    /** Empty if all directories can be looked into. */
    static Optional<String> ofDirectories(List<DirectoryInspection> inspections) {
        return inspections.stream().filter(inspection -> inspection.barrier().isPresent()).findFirst()
                .map(AccessFix::ofBarrier);
    }

    /** @param inspection with a barrier */
    static String ofBarrier(DirectoryInspection inspection) {
        InspectedFile barrier = inspection.barrier().orElseThrow();
        if (!barrier.own() && barrier.path().equals(inspection.directory()) && !inspection.readOnlyFileSystem()) {
            return yours(inspection.directory());
        }
        if (!barrier.own()) {
            return "have " + (barrier.owner().isEmpty() ? "its owner" : barrier.owner()) + " let you in, or " + ELSEWHERE;
        }
        return inspection.readOnlyFileSystem() ? ELSEWHERE
                : (barrier.path().equals(inspection.directory()) ? "chmod 700 " : "chmod u+x ") + ShellWord.of(barrier.path());
    }

    /** Makes a directory of this user, or one of what is there. */
    static String yours(Path directory) {
        return "sudo install -d -m 0700 -o \"$(id -u)\" " + ShellWord.of(directory) + ", or " + ELSEWHERE;
    }

    /** Empty if it is no matter of permissions, so that saving again will do. */
    static Optional<String> ofFile(List<DirectoryInspection> inspections, String provider) {
        for (DirectoryInspection inspection : inspections) {
            if (inspection.barrier().isPresent()) {
                return Optional.of(ofBarrier(inspection));
            }
            Optional<InspectedFile> unreadable = inspection.tokenFiles().stream()
                    .filter(file -> file.provider().equals(Optional.of(provider)) && !Files.isReadable(file.path()))
                    .findFirst();
            if (unreadable.isPresent()) {
                return Optional.of(ofUnreadable(unreadable.get(), inspection));
            }
            if (inspection.readOnly()
                    && inspection.tokenFiles().stream().anyMatch(file -> file.provider().equals(Optional.of(provider)))) {
                return Optional.of("mend it where these files come from, for they cannot be replaced here; or " + ELSEWHERE);
            }
        }
        return Optional.empty();
    }

    private static String ofUnreadable(InspectedFile file, DirectoryInspection inspection) {
        if (inspection.readOnlyFileSystem()) {
            return "have it mounted readable for you, or " + ELSEWHERE;
        }
        if (file.own()) {
            return "chmod u+r " + ShellWord.of(file.path());
        }
        String ask = "have " + (file.owner().isEmpty() ? "its owner" : file.owner()) + " give it to you, or ";
        return ask + (inspection.readOnly() ? ELSEWHERE : "rm -f " + ShellWord.of(file.path()) + " and log in again");
    }
}
