package io.quarkiverse.tokenstorage.sops.kms;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KmsKey;

/**
 * AWS KMS through the AWS SDK, which is an optional dependency. Nothing of the SDK is loaded before the first call, so that
 * an application whose keys are of other kinds neither needs it nor waits for it.
 *
 * <p>
 * This is the one place that may meet a missing SDK; a native image that links everything at build time passes
 * {@link MissingAwsSdk} to {@link KmsKeyService} instead of coming here.
 */
public final class AwsSdk implements KmsOperations {

    private final HostEnvironment environment;
    private final Optional<ApplicationKms> application;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile KmsOperations opened;
    private boolean closed;

    private AwsSdk(HostEnvironment environment, Optional<ApplicationKms> application) {
        this.environment = environment;
        this.application = application;
    }

    /**
     * @param environment the variables that say which credentials, configuration files and endpoints to use
     * @param application the clients that the application has anyway
     */
    public static KmsOperations detect(HostEnvironment environment, Optional<ApplicationKms> application) {
        return new AwsSdk(environment, application);
    }

    @Override
    public byte[] encrypt(KmsKey key, byte[] plaintext) {
        try {
            return operations().encrypt(key, plaintext);
        } catch (LinkageError e) {
            throw new StorageNotConfiguredException(MissingAwsSdk.message(key));
        }
    }

    @Override
    public byte[] decrypt(KmsKey key, byte[] ciphertext) {
        try {
            return operations().decrypt(key, ciphertext);
        } catch (LinkageError e) {
            throw new DataKeyUnavailableException(MissingAwsSdk.message(key));
        }
    }

    private KmsOperations operations() {
        KmsOperations operations = opened;
        return operations == null ? open() : operations;
    }

    private KmsOperations open() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The AWS KMS keys are closed");
            }
            if (opened == null) {
                opened = new AwsKms(environment, application, CallLimits.DEFAULT);
            }
            return opened;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (opened != null) {
                opened.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
