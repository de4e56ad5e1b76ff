package io.quarkiverse.tokenstorage.sops.shamir;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Splits a secret into shares of which a chosen number yields it again, and fewer tell nothing. For each byte of the secret
 * there is a polynomial whose constant term it is; a share holds the values of all of them at its own place, followed by that
 * place. The places are 1, 2, … in the order of the shares; old writers chose them at random.
 */
public final class SecretSharing {

    /** The field has as many places beside 0, where the secret is. */
    public static final int MAX_SHARES = 255;

    /** With 1 every share would be the secret. */
    public static final int MIN_THRESHOLD = 2;

    private SecretSharing() {
    }

    /**
     * @param secret not empty; not changed
     * @param shares how many to make, at most {@link #MAX_SHARES}
     * @param threshold how many of them yield the secret, from {@link #MIN_THRESHOLD} to {@code shares}
     * @return each one byte longer than the secret; the caller zeroes them
     */
    public static List<byte[]> split(byte[] secret, int shares, int threshold, SecureRandom random) {
        if (secret.length == 0 || threshold < MIN_THRESHOLD || threshold > shares || shares > MAX_SHARES) {
            throw new IllegalArgumentException("Cannot split " + secret.length + " bytes into " + shares + " shares of which "
                    + threshold + " are needed");
        }
        byte[][] coefficients = new byte[threshold - 1][secret.length];
        try {
            for (byte[] ofOneDegree : coefficients) {
                random.nextBytes(ofOneDegree);
            }
            List<byte[]> made = new ArrayList<>(shares);
            for (int place = 1; place <= shares; place++) {
                made.add(share(secret, coefficients, place));
            }
            return made;
        } finally {
            for (byte[] ofOneDegree : coefficients) {
                Arrays.fill(ofOneDegree, (byte) 0);
            }
        }
    }

    /** Horner's rule, for all polynomials side by side. */
    private static byte[] share(byte[] secret, byte[][] coefficients, int place) {
        byte[] share = new byte[secret.length + 1];
        for (int degree = coefficients.length; degree >= 0; degree--) {
            byte[] terms = degree == 0 ? secret : coefficients[degree - 1];
            for (int i = 0; i < secret.length; i++) {
                share[i] = (byte) (Gf256.multiply(share[i] & 0xFF, place) ^ terms[i]);
            }
        }
        share[secret.length] = (byte) place;
        return share;
    }

    /**
     * The secret that these shares make, by Lagrange's interpolation over all of them. Whether it is the one that was split
     * cannot be told from the shares: too few, or foreign ones, make another.
     *
     * @param shares at least {@link #MIN_THRESHOLD}, at different places other than 0, all of the same length; not changed
     * @return the caller zeroes it
     * @throws IllegalArgumentException if they cannot be shares of one secret; says why and tells nothing of them
     */
    public static byte[] combine(List<byte[]> shares) {
        int[] places = places(shares);
        byte[] secret = new byte[shares.get(0).length - 1];
        for (int i = 0; i < places.length; i++) {
            int weight = weight(places, i);
            byte[] share = shares.get(i);
            for (int j = 0; j < secret.length; j++) {
                secret[j] ^= (byte) Gf256.multiply(share[j] & 0xFF, weight);
            }
        }
        return secret;
    }

    /** What the share at this place counts for at 0. */
    private static int weight(int[] places, int index) {
        int numerator = 1;
        int denominator = 1;
        for (int i = 0; i < places.length; i++) {
            if (i != index) {
                numerator = Gf256.multiply(numerator, places[i]);
                denominator = Gf256.multiply(denominator, places[i] ^ places[index]);
            }
        }
        return Gf256.multiply(numerator, Gf256.inverse(denominator));
    }

    private static int[] places(List<byte[]> shares) {
        if (shares.size() < MIN_THRESHOLD) {
            throw new IllegalArgumentException("at least " + MIN_THRESHOLD + " shares are needed");
        }
        int length = shares.get(0).length;
        boolean[] taken = new boolean[MAX_SHARES + 1];
        int[] places = new int[shares.size()];
        for (int i = 0; i < places.length; i++) {
            if (shares.get(i).length != length || length < 2) {
                throw new IllegalArgumentException("the shares have different lengths or are too short");
            }
            places[i] = place(shares.get(i));
            if (places[i] == 0 || taken[places[i]]) {
                throw new IllegalArgumentException("two shares have the same place, or one has place 0");
            }
            taken[places[i]] = true;
        }
        return places;
    }

    /** The place of a share, from 1 to 255, which is no secret; 0 is that of no share. */
    public static int place(byte[] share) {
        return share[share.length - 1] & 0xFF;
    }
}
