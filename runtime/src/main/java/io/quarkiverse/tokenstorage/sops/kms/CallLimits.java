package io.quarkiverse.tokenstorage.sops.kms;

import java.time.Duration;

/**
 * How long the service and whatever gives credentials may take. A call is made while the lock of a provider is held. Each
 * limit is below the default lock timeout of 10 seconds; the sum is not, but credentials are got once and then kept, and
 * whoever gives up waiting for the lock meanwhile is told who holds it.
 *
 * @param attempt for one try of a call
 * @param call for a call with its retries
 * @param credentials for programs and services that give credentials
 */
record CallLimits(Duration attempt, Duration call, Duration credentials) {

    static final CallLimits DEFAULT = new CallLimits(Duration.ofSeconds(4), Duration.ofSeconds(9), Duration.ofSeconds(9));
}
