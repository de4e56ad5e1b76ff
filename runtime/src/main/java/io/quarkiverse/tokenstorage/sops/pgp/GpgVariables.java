package io.quarkiverse.tokenstorage.sops.pgp;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;

/**
 * The variables that {@code gpg} is given: where things are, the language, and how its agent can ask a person. Nothing else,
 * for an agent that it starts keeps its environment for days, and secrets of applications come in variables of any name.
 */
final class GpgVariables {

    private static final Set<String> NAMES = Set.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "GNUPGHOME", "GPG_TTY",
            "GPG_AGENT_INFO", "SSH_TTY", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TERM",
            "TERMINFO", "COLORTERM", "INSIDE_EMACS", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XMODIFIERS",
            "QT_QPA_PLATFORM", "QT_IM_MODULE", "GTK_IM_MODULE");
    private static final List<String> PREFIXES = List.of("LC_", "XDG_", "DBUS_", "PINENTRY_");
    /** Without some of these, programs do not even start there. */
    private static final Set<String> NAMES_ON_WINDOWS = Set.of("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT",
            "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "ALLUSERSPROFILE", "PROGRAMFILES", "PROGRAMFILES(X86)", "USERPROFILE",
            "USERNAME", "USERDOMAIN", "COMPUTERNAME", "HOMEDRIVE", "HOMEPATH", "TEMP", "TMP");

    private GpgVariables() {
    }

    /** @return a new map */
    static Map<String, String> of(HostEnvironment environment) {
        boolean windows = environment.operatingSystem() == OperatingSystem.WINDOWS;
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.keySet().removeIf(name -> !isOfUse(name, windows));
        return variables;
    }

    private static boolean isOfUse(String variable, boolean windows) {
        // Windows does not care for the case
        String name = windows ? variable.toUpperCase(Locale.ROOT) : variable;
        return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith)
                || windows && NAMES_ON_WINDOWS.contains(name);
    }
}
