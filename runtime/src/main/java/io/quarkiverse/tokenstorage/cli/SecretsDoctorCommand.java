package io.quarkiverse.tokenstorage.cli;

import io.quarkiverse.tokenstorage.doctor.Doctor;
import io.quarkiverse.tokenstorage.doctor.Finding;
import io.quarkiverse.tokenstorage.doctor.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code secrets doctor}: what works, what does not, and how to mend it. */
@Command(name = "doctor", header = "Check whether tokens can be stored and read here.", description = { "",
        "Every failed check says how to mend it. No token, key or rule is changed; as by every use, modes of token files that are too wide are narrowed and lock files made. Nobody is asked for a passphrase.",
        "" }, footer = { "",
                "Exit code: 0 all fine (warnings allowed), 1 failures, 3 configuration missing or wrong." }, exitCodeOnInvalidInput = ExitCode.ERROR)
public final class SecretsDoctorCommand extends StorageCommand {

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Override
    int run(Terminal terminal) {
        Report report = new Doctor(settings, storage, spec.root().qualifiedName()).examine();
        if (json) {
            terminal.document(JsonOutput.of(report.toJson()));
        } else {
            report.findings().forEach(finding -> print(terminal, finding));
        }
        return switch (report.verdict()) {
            case HEALTHY -> ExitCode.SUCCESS;
            case FAILURES -> ExitCode.ERROR;
            case NOT_CONFIGURED -> ExitCode.CONFIGURATION;
        };
    }

    private static void print(Terminal terminal, Finding finding) {
        terminal.result(mark(finding.status()), finding.check() + ": " + finding.detail());
        finding.fix().ifPresent(fix -> terminal.result("    fix: " + fix));
    }

    private static Mark mark(Finding.Status status) {
        return switch (status) {
            case OK -> Mark.SUCCESS;
            case WARN -> Mark.WARNING;
            case FAIL -> Mark.FAILURE;
            case SKIPPED -> Mark.SKIPPED;
        };
    }
}
