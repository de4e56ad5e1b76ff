package io.quarkiverse.tokenstorage.sops.age;

import java.security.InvalidKeyException;

/**
 * The function of RFC 7748 §5, on 32-byte scalars and u-coordinates in their encoded form. It decides how long wrapping and
 * unwrapping take, so it can be exchanged. Implementations are thread-safe and keep nothing.
 *
 * @see FastestX25519
 */
public interface X25519 {

    /** The length of scalars, coordinates and shared secrets in bytes. */
    int LENGTH = 32;

    /** The public key of a private one: the function applied to the base point. The argument is left as it is. */
    byte[] publicKey(byte[] scalar);

    /**
     * The secret shared by the holder of {@code scalar} and the holder of the other public key.
     *
     * @return a new array; the caller zeroes it
     * @throws InvalidKeyException if the other key is a point of small order, so that the secret would be all zeros (RFC 7748
     *         §6.1)
     */
    byte[] sharedSecret(byte[] scalar, byte[] otherPublicKey) throws InvalidKeyException;
}
