package io.quarkiverse.tokenstorage.interop.conformance.keys;

import io.quarkiverse.tokenstorage.interop.exchange.KeyGroupsText;
import io.quarkiverse.tokenstorage.interop.exchange.Sandbox;
import io.quarkiverse.tokenstorage.it.programs.GpgHome;

/** A PGP key in a home of GnuPG. */
final class PgpKeys implements KeyCase {

    private GpgHome home;

    @Override
    public String title() {
        return "PGP";
    }

    @Override
    public String since() {
        return "0.0.0";
    }

    @Override
    public KeyGroupsText provide(Sandbox box) {
        home = new GpgHome();
        box.withoutKeyFile().set("GNUPGHOME", home.directory().toString());
        return KeyGroupsText.of("{pgp: ['" + home.generate("conformance", "") + "']}");
    }

    @Override
    public void close() {
        if (home != null) {
            home.close();
        }
    }
}
