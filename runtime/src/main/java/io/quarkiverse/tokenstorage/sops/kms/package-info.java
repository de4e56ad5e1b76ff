/**
 * Master keys in AWS KMS. The AWS SDK is an optional dependency: nothing of it is loaded before the first data key has to go
 * through KMS, and {@link io.quarkiverse.tokenstorage.sops.kms.AwsSdk} answers if it is not there.
 */
package io.quarkiverse.tokenstorage.sops.kms;
