package io.quarkiverse.tokenstorage.interop.conformance.keys;

import java.util.function.Supplier;

import io.quarkiverse.tokenstorage.interop.exchange.KeyGroupsText;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.KmsServer;

/** A key of AWS KMS with an encryption context and a role. */
final class KmsKeys implements KeyCase {

    private final Supplier<KmsServer> server;
    private final String context;

    KmsKeys(Supplier<KmsServer> server) {
        this(server, "{purpose: tokens, app: conformance}");
    }

    /** @param context a YAML flow mapping */
    KmsKeys(Supplier<KmsServer> server, String context) {
        this.server = server;
        this.context = context;
    }

    @Override
    public String title() {
        return "AWS KMS";
    }

    @Override
    public String since() {
        return "0.0.0";
    }

    @Override
    public KeyGroupsText provide(Sandbox box) {
        box.withoutKeyFile().set("AWS_ENDPOINT_URL", server.get().endpoint()).set("AWS_EC2_METADATA_DISABLED", "true")
                .set("AWS_ACCESS_KEY_ID", "AKIATEST").set("AWS_SECRET_ACCESS_KEY", "secret").set("AWS_REGION", "us-east-1");
        return KeyGroupsText.of("{kms: [{arn: '" + server.get().createKey("eu-west-1")
                + "', role: 'arn:aws:iam::123456789012:role/tokens', context: " + context + "}]}");
    }
}
