package io.quarkiverse.tokenstorage.benchmarks;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;

import javax.crypto.KeyAgreement;

import org.bouncycastle.math.ec.rfc7748.X25519;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One X25519 agreement, the asymmetric operation of a load, with each implementation available. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class X25519Benchmark {

    private final byte[] secretKey = new byte[X25519.SCALAR_SIZE];
    private final byte[] publicKey = new byte[X25519.POINT_SIZE];
    private final byte[] shared = new byte[X25519.POINT_SIZE];
    private KeyPair pair;
    private KeyAgreement agreement;

    @Setup
    public void keys() throws GeneralSecurityException {
        SecureRandom random = new SecureRandom();
        X25519.generatePrivateKey(random, secretKey);
        X25519.generatePublicKey(secretKey, 0, publicKey, 0);
        pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        agreement = KeyAgreement.getInstance("X25519");
    }

    @Benchmark
    public byte[] bouncyCastle() {
        X25519.scalarMult(secretKey, 0, publicKey, 0, shared, 0);
        return shared;
    }

    @Benchmark
    public byte[] jdk() throws GeneralSecurityException {
        agreement.init(pair.getPrivate());
        agreement.doPhase(pair.getPublic(), true);
        return agreement.generateSecret();
    }
}
