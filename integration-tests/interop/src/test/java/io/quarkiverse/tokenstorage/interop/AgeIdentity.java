package io.quarkiverse.tokenstorage.interop;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A fresh X25519 identity, made by {@code age-keygen}. */
record AgeIdentity(String recipient, String secretKey) {

    static AgeIdentity generate() {
        String keygen = RealProgram.AGE_KEYGEN.required().toString();
        String file = ProgramRun.of(List.of(keygen), Map.of(), Path.of("/"), new byte[0]).text();
        return new AgeIdentity(file.lines().filter(line -> line.startsWith("# public key: ")).findFirst().orElseThrow()
                .substring("# public key: ".length()),
                file.lines().filter(line -> line.startsWith("AGE-SECRET-KEY-")).findFirst().orElseThrow());
    }
}
