package io.quarkiverse.tokenstorage.sops.kms;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Makes providers get credentials, within a bounded time. The SDK bounds its calls of services, but not the programs that
 * profiles name, so this waits for threads of its own. A program that hangs cannot be ended from here: as long as one does, no
 * other is started for the same access. Thread-safe.
 */
final class CredentialsResolution {

    private final CallLimits limits;
    /** Those that were given up. */
    private final Map<AwsClient.Access, Thread> hanging = new ConcurrentHashMap<>();

    CredentialsResolution(CallLimits limits) {
        this.limits = limits;
    }

    /** On return the provider has credentials, and keeps them if they are of a kind that costs something to get. */
    void require(AwsClient.Access access, AwsCredentialsProvider provider, AwsFailures failures) {
        Thread givenUp = hanging.get(access);
        if (givenUp != null && givenUp.isAlive()) {
            throw failures.ofCredentialsHanging();
        }
        FutureTask<?> task = new FutureTask<>(provider::resolveCredentials);
        Thread thread = new Thread(task, "aws-credentials");
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(limits.credentials().toMillis(), TimeUnit.MILLISECONDS);
            if (givenUp != null) {
                hanging.remove(access, givenUp);
            }
        } catch (TimeoutException e) {
            hanging.put(access, thread);
            throw failures.ofCredentialsTimeout(limits.credentials());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.ofInterruption();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failures.ofCredentials(failure);
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
