package io.quarkiverse.tokenstorage.doctor;

import java.util.List;

import io.quarkiverse.tokenstorage.doctor.Finding.Status;
import io.quarkiverse.tokenstorage.sops.json.JsonArray;
import io.quarkiverse.tokenstorage.sops.json.JsonNull;
import io.quarkiverse.tokenstorage.sops.json.JsonObject;
import io.quarkiverse.tokenstorage.sops.json.JsonString;
import io.quarkiverse.tokenstorage.sops.json.JsonValue;

/**
 * What was found.
 *
 * @param findings of all checks, in the order in which they build on each other
 * @param keys those of the rules for the tokens, each tried
 */
public record Report(List<Finding> findings, List<KeyReport> keys) {

    /** The verdict over all findings. */
    public enum Verdict {

        /** Tokens can be stored and read; there may be warnings. */
        HEALTHY,
        FAILURES,
        /** Something that must be configured is missing or wrong; that explains the other failures, if any. */
        NOT_CONFIGURED
    }

    public Report {
        findings = List.copyOf(findings);
        keys = List.copyOf(keys);
    }

    /** What the findings come to; never null. Without any finding, or with warnings and skipped checks only, it is healthy. */
    public Verdict verdict() {
        List<Finding> failures = findings.stream().filter(finding -> finding.status() == Status.FAIL).toList();
        if (failures.isEmpty()) {
            return Verdict.HEALTHY;
        }
        return failures.stream().anyMatch(Finding::configuration) ? Verdict.NOT_CONFIGURED : Verdict.FAILURES;
    }

    /**
     * {@code {"verdict": …, "findings": [{"check", "status", "detail", "fix"}], "keys": [{"rule", "group", "kind", "identity",
     * "encrypts", "decrypts"}]}}; a missing fix is null.
     */
    public JsonObject toJson() {
        return JsonObject.builder()
                .add("verdict", verdict().name())
                .add("findings", new JsonArray(findings.stream().<JsonValue> map(Report::json).toList()))
                .add("keys", new JsonArray(keys.stream().<JsonValue> map(KeyReport::toJson).toList()))
                .build();
    }

    private static JsonObject json(Finding finding) {
        return JsonObject.builder()
                .add("check", finding.check())
                .add("status", finding.status().name())
                .add("detail", finding.detail())
                .add("fix", finding.fix().<JsonValue> map(JsonString::new).orElse(JsonNull.NULL))
                .build();
    }
}
