package io.quarkiverse.tokenstorage.sops.kms;

import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a service means by an error, as far as it makes a difference to the caller. */
enum ErrorMeaning {

    DENIED,
    EXPIRED,
    REJECTED,
    THROTTLED,
    DISABLED,
    NOT_USABLE,
    NOT_FOUND,
    WRONG_USE,
    OTHER_KEY,
    NOT_INTACT,
    OUT_OF_ORDER,
    REFUSED;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    static ErrorMeaning of(AwsServiceException answer) {
        return switch (code(answer)) {
            case "AccessDeniedException", "AccessDenied", "NotAuthorized", "UnauthorizedOperation", "OptInRequired" -> DENIED;
            case "ExpiredTokenException", "ExpiredToken", "RequestExpired", "TokenRefreshRequired" -> EXPIRED;
            case "UnrecognizedClientException", "InvalidClientTokenId", "InvalidSignatureException", "SignatureDoesNotMatch",
                    "IncompleteSignature", "IncompleteSignatureException", "MissingAuthenticationToken",
                    "MissingAuthenticationTokenException", "InvalidAccessKeyId", "AuthFailure", "RequestTimeTooSkewed",
                    "InvalidIdentityToken" ->
                REJECTED;
            case "ThrottlingException", "Throttling", "ThrottledException", "LimitExceededException", "RequestLimitExceeded",
                    "TooManyRequestsException", "RequestThrottled", "SlowDown" ->
                THROTTLED;
            case "DisabledException" -> DISABLED;
            case "KMSInvalidStateException" -> NOT_USABLE;
            case "NotFoundException" -> NOT_FOUND;
            case "InvalidKeyUsageException" -> WRONG_USE;
            case "IncorrectKeyException" -> OTHER_KEY;
            case "InvalidCiphertextException" -> NOT_INTACT;
            case "KeyUnavailableException", "DependencyTimeoutException", "KMSInternalException", "InternalFailure",
                    "ServiceUnavailable" ->
                OUT_OF_ORDER;
            default -> answer.statusCode() == TOO_MANY_REQUESTS ? THROTTLED
                    : answer.statusCode() >= SERVER_ERROR ? OUT_OF_ORDER : REFUSED;
        };
    }

    /** Whether other credentials could make a difference. */
    static boolean isOfCredentials(SdkException failure) {
        if (failure instanceof AwsServiceException answer) {
            ErrorMeaning meaning = of(answer);
            return meaning == DENIED || meaning == EXPIRED || meaning == REJECTED;
        }
        return false;
    }

    /** The code of an error; empty if the service gave none. */
    static String code(AwsServiceException answer) {
        return answer.awsErrorDetails() == null || answer.awsErrorDetails().errorCode() == null ? ""
                : answer.awsErrorDetails().errorCode();
    }
}
