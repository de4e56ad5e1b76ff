package io.quarkiverse.tokenstorage.interop.conformance.keys;

import io.quarkiverse.tokenstorage.interop.exchange.KeyGroupsText;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.SshKey;

/** An SSH key that age encrypts to. */
final class SshKeys implements KeyCase {

    private final String type;

    /** @param type as {@code ssh-keygen} names it */
    SshKeys(String type) {
        this.type = type;
    }

    @Override
    public String title() {
        return "age, SSH " + type;
    }

    @Override
    public String since() {
        return "3.10.0";
    }

    @Override
    public KeyGroupsText provide(Sandbox box) {
        SshKey key = SshKey.generate(box.home().resolve("key"), type);
        box.withoutKeyFile().set("SOPS_AGE_SSH_PRIVATE_KEY_FILE", key.file().toString());
        return KeyGroupsText.age(key.recipient());
    }
}
