package io.quarkiverse.tokenstorage.sops.kms;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.HostEnvironment;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.sops.KmsKey;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * AWS KMS through the AWS SDK, which is an optional dependency. Nothing of the SDK is loaded before the first call, so that
 * an application whose keys are of other kinds neither needs it nor waits for it.
 *
 * <p>
 * This is the one place that may meet a missing SDK; a native image that links everything at build time passes
 * {@link MissingAwsSdk} to {@link KmsKeyService} instead of coming here.
 */
public final class AwsSdk implements KmsOperations {

    private static final Pattern CLASS_NAME = Pattern.compile("[A-Za-z0-9_$/]{1,200}");
    /** The module for these may be missing alone, which the message about the whole says, too. */
    private static final String ROLES = "software/amazon/awssdk/services/sts/";

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
            throw new StorageNotConfiguredException(message(key, e));
        }
    }

    @Override
    public byte[] decrypt(KmsKey key, byte[] ciphertext) {
        try {
            return operations().decrypt(key, ciphertext);
        } catch (LinkageError e) {
            throw new DataKeyUnavailableException(message(key, e));
        }
    }

    private static String message(KmsKey key, LinkageError failure) {
        String missing = String.valueOf(failure.getMessage());
        return isMissing() || missing.startsWith(ROLES) ? MissingAwsSdk.message(key)
                : "The AWS KMS key " + PrintableText.of(key.arn()) + ": the parts of the AWS SDK do not fit together ("
                        + (CLASS_NAME.matcher(missing).matches() ? "missing " + missing.replace('/', '.')
                                : failure.getClass().getSimpleName())
                        + "): give all software.amazon.awssdk dependencies the same version, as the bom of the SDK does";
    }

    private static boolean isMissing() {
        try {
            return KmsClient.class.getName().isEmpty();
        } catch (NoClassDefFoundError e) {
            return String.valueOf(e.getMessage()).endsWith("/KmsClient");
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
