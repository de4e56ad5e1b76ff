package io.quarkiverse.tokenstorage.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.quarkiverse.tokenstorage.store.DirectoryInspection;
import io.quarkiverse.tokenstorage.store.DocumentNames;
import io.quarkiverse.tokenstorage.store.InspectedFile;

/** Whether token files are private, are files, and have one name only. */
final class TokenFileCheck implements Check {

    private static final String NAME = "Token files private";

    @Override
    public List<Finding> examine(Installation installation) {
        List<InspectedFile> files = installation.inspections().stream().map(DirectoryInspection::tokenFiles)
                .flatMap(List::stream).toList();
        List<Finding> findings = new ArrayList<>();
        files.forEach(file -> examine(file, findings));
        files.stream().filter(file -> isNeedlesslyClear(file, installation)).map(TokenFileCheck::inClear)
                .forEach(findings::add);
        installation.inspections().forEach(inspection -> examineCase(inspection.tokenFiles(), findings));
        if (findings.isEmpty()) {
            findings.add(files.isEmpty() ? Finding.ok(NAME, "none is stored on disk yet")
                    : Finding.ok(NAME, files.size() == 1 ? "1 file" : files.size() + " files"));
        }
        return findings;
    }

    /** Of a time before the backend was changed; that of today does not read it. */
    private static boolean isNeedlesslyClear(InspectedFile file, Installation installation) {
        return DocumentNames.PLAIN.provider(file.path().getFileName().toString())
                .filter(provider -> !installation.settings().backendOf(provider).equals("file")).isPresent();
    }

    private static Finding inClear(InspectedFile file) {
        return Finding.warn(NAME, "token in clear: " + file.path() + ", which the backend of this provider does not read",
                "auth import it if it is still needed, then rm " + ShellWord.of(file.path()));
    }

    /** Made by a program that does not refuse the second one. */
    private static void examineCase(List<InspectedFile> files, List<Finding> findings) {
        Map<String, InspectedFile> seen = new HashMap<>();
        for (InspectedFile file : files) {
            String name = file.path().getFileName().toString();
            InspectedFile twin = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), file);
            if (twin != null) {
                findings.add(Finding.warn(NAME, twin.path() + " and " + name + " differ in case only: a file system that"
                        + " ignores case keeps one of them", "rm " + ShellWord.of(file.path()) + ", or the other one"));
            }
        }
    }

    private static void examine(InspectedFile file, List<Finding> findings) {
        Path path = file.path();
        switch (file.kind()) {
            case REGULAR, LINK_INSIDE -> examineContent(file, findings);
            case DIRECTORY, OTHER -> findings.add(Finding.fail(NAME, path + " is not a regular file and is not opened",
                    "rm -r " + ShellWord.of(path)));
            case LINK_REFUSED -> findings.add(Finding.fail(NAME, path + " is a link out of the token directory, or to"
                    + " something that is no file; it is not followed", "replace the link by the file"));
            case LINK_TO_NOTHING -> findings.add(Finding.fail(NAME, path + " is a link to nothing",
                    "rm " + ShellWord.of(path)));
        }
    }

    private static void examineContent(InspectedFile file, List<Finding> findings) {
        String path = ShellWord.of(file.path());
        if (file.openToOthers()) {
            findings.add(Finding.warn(NAME, file.path() + " is open to other users (mode " + file.mode() + ")",
                    "chmod go= " + path + ", and log in again if others may have read it"));
        }
        if (file.links() > 1) {
            findings.add(Finding.warn(NAME, file.path() + " has " + file.links()
                    + " names (hard links): the others keep the old token when this one is replaced",
                    "find / -xdev -samefile " + path));
        }
    }
}
