package io.quarkiverse.tokenstorage.it.programs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A fresh native identity, made by {@code age-keygen}. */
public record AgeIdentity(String recipient, String secretKey) {

    public static AgeIdentity generate() {
        return of(RealProgram.AGE_KEYGEN.required().toString());
    }

    public static AgeIdentity generatePostQuantum() {
        return of(RealProgram.AGE_1_3_KEYGEN.required().toString(), "-pq");
    }

    private static AgeIdentity of(String... command) {
        String file = ProgramRun.of(List.of(command), Map.of(), Path.of("/"), new byte[0]).text();
        return new AgeIdentity(file.lines().filter(line -> line.startsWith("# public key: ")).findFirst().orElseThrow()
                .substring("# public key: ".length()),
                file.lines().filter(line -> line.startsWith("AGE-SECRET-KEY-")).findFirst().orElseThrow());
    }
}
