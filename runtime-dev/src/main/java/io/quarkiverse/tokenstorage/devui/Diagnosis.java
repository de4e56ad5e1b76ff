package io.quarkiverse.tokenstorage.devui;

import java.util.List;

import io.quarkiverse.tokenstorage.doctor.Finding;
import io.quarkiverse.tokenstorage.doctor.Report;

/**
 * What the doctor found.
 *
 * @param verdict {@code HEALTHY}, {@code FAILURES} or {@code NOT_CONFIGURED}
 * @param findings in the order of the checks
 */
public record Diagnosis(String verdict, List<Item> findings) {

    /**
     * What one check found.
     *
     * @param check its name
     * @param status {@code OK}, {@code WARN}, {@code FAIL} or {@code SKIPPED}
     * @param detail in one line
     * @param fix what to do about it; null if there is nothing to do
     */
    public record Item(String check, String status, String detail, String fix) {
    }

    static Diagnosis of(Report report) {
        return new Diagnosis(report.verdict().name(), report.findings().stream().map(Diagnosis::item).toList());
    }

    /** The examination itself came to no end. */
    static Diagnosis failed(String reason) {
        return new Diagnosis("FAILURES", List.of(new Item("Examination", "FAIL", reason, null)));
    }

    private static Item item(Finding finding) {
        return new Item(finding.check(), finding.status().name(), finding.detail(), finding.fix().orElse(null));
    }
}
