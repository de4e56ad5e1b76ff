package org.acme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jboss.logging.Logger;

import io.quarkiverse.tokenstorage.TokenStorage;
import io.quarkiverse.tokenstorage.doctor.Doctor;
import io.quarkiverse.tokenstorage.doctor.Report;
import io.quarkiverse.tokenstorage.storage.StorageSettings;

/** The doctor, for a service without a command line. */
// tag::all[]
@ApplicationScoped
public class StorageExamination {

    private static final Logger LOG = Logger.getLogger(StorageExamination.class);

    @Inject
    StorageSettings settings;

    @Inject
    TokenStorage tokens;

    public boolean isHealthy() {
        Report report = new Doctor(settings, tokens, "acme").examine();
        report.findings().forEach(finding -> finding.fix().ifPresent(
                fix -> LOG.warnf("%s %s: %s. Fix: %s", finding.status(), finding.check(), finding.detail(), fix)));
        return report.verdict() == Report.Verdict.HEALTHY;
    }
}
// end::all[]
