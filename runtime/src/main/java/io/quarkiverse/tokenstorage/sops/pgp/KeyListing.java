package io.quarkiverse.tokenstorage.sops.pgp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@code gpg --with-colons --list-keys} or {@code --list-secret-keys} prints ({@code doc/DETAILS} of GnuPG): keys with
 * their subkeys.
 *
 * @param blocks a primary key each, and its subkeys
 */
record KeyListing(List<Block> blocks) {

    private static final int VALIDITY = 1;
    private static final int EXPIRY = 6;
    private static final int FINGERPRINT = 9;
    private static final int CAPABILITIES = 11;
    private static final int TOKEN = 14;
    private static final int FIELDS = 15;

    /** A primary key and its subkeys, in the order of the listing; the primary key is the first. */
    record Block(List<Key> keys) {

        Key primary() {
            return keys.get(0);
        }
    }

    /**
     * One key.
     *
     * @param fingerprint empty if none was listed
     * @param validity one letter, {@code e} for expired, {@code r} for revoked; empty if not told
     * @param expiry seconds since 1970; empty if never
     * @param capabilities in small letters its own, in capitals those usable in the whole key
     * @param token {@code #} where the private part is elsewhere
     */
    record Key(String fingerprint, String validity, String expiry, String capabilities, String token) {

        boolean encrypts() {
            return capabilities.indexOf('e') >= 0;
        }

        boolean hasPrivatePart() {
            return !token.startsWith("#");
        }
    }

    static KeyListing parse(byte[] output) {
        List<List<Key>> blocks = new ArrayList<>();
        for (String line : new String(output, StandardCharsets.UTF_8).split("\n")) {
            String[] fields = line.split(":", -1);
            switch (fields[0]) {
                case "pub", "sec" -> {
                    blocks.add(new ArrayList<>());
                    blocks.get(blocks.size() - 1).add(key(fields));
                }
                case "sub", "ssb" -> {
                    if (!blocks.isEmpty()) {
                        blocks.get(blocks.size() - 1).add(key(fields));
                    }
                }
                case "fpr" -> {
                    if (!blocks.isEmpty() && fields.length > FINGERPRINT) {
                        nameLast(blocks.get(blocks.size() - 1), fields[FINGERPRINT]);
                    }
                }
                default -> {
                    // User IDs, keygrips, trust
                }
            }
        }
        return new KeyListing(blocks.stream().map(List::copyOf).map(Block::new).toList());
    }

    private static Key key(String[] fields) {
        String[] all = Arrays.copyOf(fields, FIELDS);
        return new Key("", text(all[VALIDITY]), text(all[EXPIRY]), text(all[CAPABILITIES]), text(all[TOKEN]));
    }

    private static String text(String field) {
        return field == null ? "" : field;
    }

    /** The fingerprint stands on a line of its own behind its key. */
    private static void nameLast(List<Key> keys, String fingerprint) {
        Key last = keys.remove(keys.size() - 1);
        keys.add(new Key(fingerprint, last.validity(), last.expiry(), last.capabilities(), last.token()));
    }
}
