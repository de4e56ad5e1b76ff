package io.quarkiverse.tokenstorage.sops.kms;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import io.quarkiverse.tokenstorage.DamagedDocumentException;
import io.quarkiverse.tokenstorage.DataKeyUnavailableException;
import io.quarkiverse.tokenstorage.StorageNotConfiguredException;
import io.quarkiverse.tokenstorage.TokenStorageException;
import io.quarkiverse.tokenstorage.sops.KmsKey;
import io.quarkiverse.tokenstorage.sops.text.PrintableText;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Says in one line what went wrong with a call for a key, and what to do about it. Messages of the service and of the SDK are
 * not passed on, nor are their exceptions: they quote requests, configuration and answers of programs.
 */
final class AwsFailures {

    static final String ENCRYPT = "kms:Encrypt";
    static final String DECRYPT = "kms:Decrypt";

    private static final int DEEPEST_CAUSE = 10;
    /** What a service may say that is passed on. */
    private static final Pattern PLAIN_CODE = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    private final KmsKey key;
    private final String operation;
    private final CallLimits limits;

    /** @param operation {@link #ENCRYPT} or {@link #DECRYPT} */
    AwsFailures(KmsKey key, String operation, CallLimits limits) {
        this.key = key;
        this.operation = operation;
        this.limits = limits;
    }

    KmsKey key() {
        return key;
    }

    /** The SDK could not even make a client. */
    TokenStorageException ofSetUp(RuntimeException failure) {
        if (String.valueOf(failure.getMessage()).startsWith("Unable to load an HTTP implementation")) {
            return configuration("the AWS SDK has no HTTP client: add the dependency"
                    + " software.amazon.awssdk:url-connection-client");
        }
        return configuration("the AWS SDK cannot be set up: check the AWS_ variables, ~/.aws/config and ~/.aws/credentials");
    }

    /** There were no credentials to make the call with. */
    TokenStorageException ofCredentials(RuntimeException failure) {
        if (failure instanceof AwsServiceException answer) {
            return ofAnswer(answer, "sts:AssumeRole");
        }
        TokenStorageException noConnection = ofConnection(failure, "sts:AssumeRole", "AWS STS");
        if (noConnection != null) {
            return noConnection;
        }
        if (key.profile().isEmpty()) {
            return configuration("there are no AWS credentials to use it with: set AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY, or AWS_PROFILE to a profile that has some, or log in ('aws sso login'); see"
                    + " whether what a profile or AWS_WEB_IDENTITY_TOKEN_FILE names is there and works");
        }
        return configuration("the profile is not there, or what it names gives no AWS credentials: see to it in ~/.aws/config"
                + " and ~/.aws/credentials, or log in ('aws sso login --profile …', which needs the modules sso and ssooidc of the AWS SDK)");
    }

    TokenStorageException ofCredentialsTimeout(Duration waited) {
        return trouble("nothing gave AWS credentials within " + waited.toSeconds()
                + " s: see whether a credential_process of ~/.aws/config waits for something");
    }

    /** Another resolution was given up, but has not ended. */
    TokenStorageException ofCredentialsHanging() {
        return trouble("what gives AWS credentials still hangs since it was asked before: see whether a credential_process of"
                + " ~/.aws/config waits for something, and end it");
    }

    TokenStorageException ofInterruption() {
        return trouble("interrupted while waiting for " + operation);
    }

    /** The call itself failed. */
    TokenStorageException ofCall(RuntimeException failure) {
        if (failure instanceof AwsServiceException answer) {
            return ofAnswer(answer, operation);
        }
        TokenStorageException noConnection = ofConnection(failure, operation, "AWS KMS");
        return noConnection != null ? noConnection
                : trouble(operation + " failed in the AWS SDK (" + failure.getClass().getSimpleName() + ")");
    }

    /** The call succeeded, but there is no wrapped key or data key in the answer. */
    TokenStorageException ofEmptyAnswer() {
        return trouble("what answers " + operation + " does not seem to be AWS KMS, for there is no key in its answer: check"
                + " AWS_ENDPOINT_URL and proxies");
    }

    private TokenStorageException ofAnswer(AwsServiceException answer, String call) {
        ErrorMeaning meaning = ErrorMeaning.of(answer);
        String said = said(answer);
        return switch (meaning) {
            case DENIED -> configuration(call + " was denied" + said + ": allow it to the credentials in use ('aws sts"
                    + " get-caller-identity' tells whose they are), or use others with AWS_PROFILE, a role or a profile");
            case EXPIRED -> configuration("the AWS credentials in use have expired" + said + ": renew them");
            case REJECTED -> configuration("AWS does not accept the credentials in use" + said + ": check AWS_ACCESS_KEY_ID,"
                    + " AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN or the profile, and the clock of this machine");
            case THROTTLED -> trouble(call + " was throttled" + said + ", again and again: try later");
            case DISABLED -> configuration("the key is disabled" + said + ": enable it, or use another");
            case NOT_USABLE -> configuration("the key is not ready for use" + said
                    + ": cancel its deletion or finish its import, or use another");
            case NOT_FOUND -> configuration("there is no such key or alias in its account and region" + said
                    + ": check the ARN");
            case WRONG_USE -> configuration("the key is not one for symmetric encryption" + said + ": use another");
            case OTHER_KEY -> configuration("the data key was wrapped with another key" + said
                    + ": if this is an alias that was moved, write the ARN of the former key into the file");
            case NOT_INTACT -> operation.equals(DECRYPT) ? notIntact(said) : trouble(call + " was refused" + said);
            case OUT_OF_ORDER -> trouble("AWS is out of order" + said + ": try later");
            case REFUSED -> configuration(call + " was refused" + said + ": check the ARN, role and context");
        };
    }

    private TokenStorageException notIntact(String said) {
        StringBuilder message = new StringBuilder(subject()).append("its entry is damaged").append(said)
                .append(": the wrapped key or the encryption context is not what it was; restore the file from a copy, or"
                        + " log in again");
        if (new HashSet<>(key.context().values()).size() > 1) {
            message.append(" (a file by sops before 3.3.0 must be rotated once with sops, for those recorded the context"
                    + " wrongly)");
        }
        return new DamagedDocumentException(message.toString());
    }

    /** The code of the answer, which tells a person more than our words, and its number for the support of AWS. */
    private static String said(AwsServiceException answer) {
        String code = ErrorMeaning.code(answer);
        String shown = PLAIN_CODE.matcher(code).matches() ? code : "HTTP status " + answer.statusCode();
        String request = String.valueOf(answer.requestId());
        return " (" + shown + (answer.requestId() != null && PLAIN_CODE.matcher(request).matches()
                ? ", request " + request
                : "") + ")";
    }

    /** @return null if the failure is of another kind */
    private TokenStorageException ofConnection(Throwable failure, String call, String service) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++, cause = cause.getCause()) {
            if (cause instanceof AbortedException || cause instanceof InterruptedException) {
                return ofInterruption();
            } else if (cause instanceof ApiCallTimeoutException || cause instanceof ApiCallAttemptTimeoutException
                    || cause instanceof SocketTimeoutException) {
                return trouble(service + " did not answer " + call + " within " + limits.call().toSeconds()
                        + " s: check the network, and try again");
            } else if (cause instanceof InterruptedIOException) {
                return ofInterruption();
            } else if (cause instanceof UnknownHostException) {
                return trouble("the host of " + service + " in this region is not known: check the region of the ARN, the"
                        + " network, and AWS_ENDPOINT_URL");
            } else if (cause instanceof SSLException) {
                return trouble("there is no trusted connection to " + service + ": check certificates and proxies");
            } else if (cause instanceof SocketException) {
                return trouble(service + " cannot be reached: check the network, proxies, and AWS_ENDPOINT_URL");
            }
        }
        return null;
    }

    /** Something that a person has to change. */
    private TokenStorageException configuration(String problem) {
        return operation.equals(DECRYPT) ? new DataKeyUnavailableException(subject() + problem)
                : new StorageNotConfiguredException(subject() + problem);
    }

    /** Something that may be over soon. */
    private TokenStorageException trouble(String problem) {
        return operation.equals(DECRYPT) ? new DataKeyUnavailableException(subject() + problem)
                : new TokenStorageException(subject() + problem);
    }

    private String subject() {
        String role = key.role().isEmpty() ? "" : " with role " + PrintableText.of(key.role());
        String profile = key.profile().isEmpty() ? ""
                : (role.isEmpty() ? " with profile " : " and profile ") + PrintableText.of(key.profile());
        return "AWS KMS key " + PrintableText.of(key.arn()) + role + profile + ": ";
    }
}
