package io.quarkiverse.tokenstorage.cli;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Optional;

import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.HostEnvironment.OperatingSystem;

/**
 * The encoding of what a person reads. On POSIX systems it is that of the locale, except that no locale or {@code C} means
 * UTF-8, as in Python (PEP 538) and every Go program: a bare container has no locale, yet the terminal shows UTF-8.
 */
final class TerminalCharset {

    private TerminalCharset() {
    }

    static Charset of(HostEnvironment environment) {
        if (environment.operatingSystem() == OperatingSystem.WINDOWS) {
            return charset(System.getProperty("stdout.encoding", "")).orElse(Charset.defaultCharset());
        }
        String locale = environment.nonEmptyVariable("LC_ALL").or(() -> environment.nonEmptyVariable("LC_CTYPE"))
                .or(() -> environment.nonEmptyVariable("LANG")).orElse("C");
        int dot = locale.indexOf('.');
        if (dot < 0) {
            return StandardCharsets.UTF_8;
        }
        return charset(locale.substring(dot + 1).replaceFirst("@.*", "").toUpperCase(Locale.ROOT))
                .orElse(StandardCharsets.UTF_8);
    }

    private static Optional<Charset> charset(String name) {
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }
}
