package io.quarkiverse.tokenstorage.interop.conformance.keys;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.tokenstorage.interop.exchange.KeyGroupsText;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.GpgHome;
import io.quarkiverse.tokenstorage.it.programs.ProgramRun;
import io.quarkiverse.tokenstorage.it.programs.RealProgram;
import io.quarkiverse.tokenstorage.sops.age.PassphraseSource;

/** An X25519 key of age in a file under a passphrase, which sops asks the agent of GnuPG for. */
final class PassphraseKeys implements KeyCase {

    private static final String PASSPHRASE = "correct horse";

    private GpgHome agent;

    @Override
    public String title() {
        return "age, X25519, identity under a passphrase";
    }

    @Override
    public String since() {
        return "3.10.0";
    }

    @Override
    public KeyGroupsText provide(Sandbox box) {
        Path age = RealProgram.AGE_1_3.required();
        byte[] locked = ProgramRun.of(List.of(age.toString(), "--encrypt", "--armor", "-j", "batchpass"),
                Map.of("AGE_PASSPHRASE", PASSPHRASE, "AGE_PASSPHRASE_WORK_FACTOR", "10", "PATH", age.getParent().toString()),
                box.work(), (box.identity().secretKey() + "\n").getBytes(StandardCharsets.UTF_8)).output();
        // Not in the usual place: sops 3.12 asks the agent under the name of the file, which must not be long
        Path file = Sandbox.write(box.home().resolve("locked"), locked);
        box.withoutKeyFile().set("SOPS_AGE_KEY_FILE", file.toString());
        agent = new GpgHome();
        agent.answerQuestions("D " + PASSPHRASE + "\\nOK");
        agent.generate("starts the agent", "");
        box.set("GPG_AGENT_INFO", agent.directory().resolve("S.gpg-agent") + ":0:1").set("TERM", "dumb").set("GPG_TTY",
                "/dev/null");
        return KeyGroupsText.age(box.identity().recipient());
    }

    @Override
    public PassphraseSource passphrases() {
        return (identity, attempt) -> Optional.of(PASSPHRASE.toCharArray());
    }

    @Override
    public void close() {
        if (agent != null) {
            agent.close();
        }
    }
}
