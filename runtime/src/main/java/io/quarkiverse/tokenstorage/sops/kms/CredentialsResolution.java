package io.quarkiverse.tokenstorage.sops.kms;

import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes a provider get credentials, within a bounded time. The SDK bounds its calls of services, but not the programs that
 * profiles name, so this waits for a thread of its own.
 */
final class CredentialsResolution {

    private CredentialsResolution() {
    }

    /** On return the provider has credentials, and keeps them if they are of a kind that costs something to get. */
    static void require(AwsCredentialsProvider provider, CallLimits limits, AwsFailures failures) {
        FutureTask<?> task = new FutureTask<>(provider::resolveCredentials);
        Thread thread = new Thread(task, "aws-credentials");
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(limits.credentials().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw failures.ofCredentialsTimeout(limits.credentials());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.ofInterruption();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SdkException || e.getCause() instanceof IllegalArgumentException
                    || e.getCause() instanceof IllegalStateException || e.getCause() instanceof UncheckedIOException) {
                throw failures.ofCredentials((RuntimeException) e.getCause());
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("The AWS SDK failed to get credentials: " + e.getCause().getClass().getName());
        } finally {
            task.cancel(true);
        }
    }
}
