package dev.monarch.spring.boot.s3;

import java.io.IOException;
import java.util.Set;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import dev.monarch.BackupStoreException;

/** Explains failures of a service, and what to do about them. */
final class S3Failure {

    private static final Set<String> CREDENTIALS =
            Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken");

    private static final Set<String> TRANSIENT = Set.of("RequestTimeout", "SlowDown", "InternalError", "BadDigest");

    private static final String CHECKSUMS = " If it has no x-amz-checksum-* headers, set the SDK's"
            + " request-checksum-calculation to when_required: by AWS_REQUEST_CHECKSUM_CALCULATION=when_required in the"
            + " environment, or by -Daws.requestChecksumCalculation=when_required.";

    private static final int MOVED_PERMANENTLY = 301;

    private static final int BAD_REQUEST = 400;

    private static final int FORBIDDEN = 403;

    private static final int NOT_FOUND = 404;

    private static final int CONFLICT = 409;

    private static final int LENGTH_REQUIRED = 411;

    private static final int PRECONDITION_FAILED = 412;

    private static final int TOO_MANY_REQUESTS = 429;

    private static final int SERVER_ERROR = 500;

    private static final int NOT_IMPLEMENTED = 501;

    private S3Failure() {}

    /**
     * Translates a failure.
     *
     * @param store the description of the store
     * @param what what failed, as a clause
     */
    static BackupStoreException of(String store, String what, Exception e) {
        if (e instanceof S3Exception answer) {
            return new BackupStoreException(store, what + " (" + describe(answer) + ")", nextStep(answer), e);
        }
        return new BackupStoreException(
                store,
                what + " (" + reason(e) + ")",
                "Check that the service can be reached from here, and that the S3Client has its endpoint, region and"
                        + " credentials.",
                e);
    }

    /**
     * Translates a failure of a request with a body.
     *
     * @param withChecksums whether the request had headers that not every service knows
     */
    static BackupStoreException ofWriting(String store, String what, boolean withChecksums, Exception e) {
        if (withChecksums && e instanceof S3Exception answer && isUnknown(answer)) {
            return new BackupStoreException(
                    store, what + " (" + describe(answer) + ")", nextStep(answer) + CHECKSUMS, e);
        }
        return of(store, what, e);
    }

    private static boolean isUnknown(S3Exception answer) {
        return answer.statusCode() == BAD_REQUEST && !TRANSIENT.contains(code(answer))
                || answer.statusCode() == LENGTH_REQUIRED
                || answer.statusCode() == NOT_IMPLEMENTED;
    }

    /** Contains only codes and numbers, because the message may quote the request. */
    private static String describe(S3Exception answer) {
        String code = code(answer);
        return "the service answered " + answer.statusCode() + (code.isEmpty() ? "" : " " + code);
    }

    private static String code(S3Exception answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static String nextStep(S3Exception answer) {
        String code = code(answer);
        if (code.equals("NoSuchBucket")) {
            return "Create the bucket, or set another one in monarch.backups.s3.bucket; check that region and endpoint are"
                    + " those of the bucket.";
        }
        if (CREDENTIALS.contains(code)) {
            return "Check that access key and secret are correct and have not expired.";
        }
        if (code.equals("InvalidObjectState")) {
            return "The object is archived: restore it in the service first, which takes hours.";
        }
        return nextStep(answer.statusCode());
    }

    private static String nextStep(int status) {
        return switch (status) {
            case MOVED_PERMANENTLY -> "Check that the region of the S3Client is that of the bucket.";
            case FORBIDDEN ->
                "Grant the permission; docs/backups.md has the policies that reading, writing and pruning need.";
            case NOT_FOUND -> "Check whether it was deleted, and that the service supports the operation.";
            case PRECONDITION_FAILED -> "Another process has changed the object. Try again.";
            case NOT_IMPLEMENTED ->
                "The service does not support this operation, which safe backups need; use another service.";
            default ->
                status >= SERVER_ERROR || status == TOO_MANY_REQUESTS
                        ? "The service has a problem; try again later."
                        : "See the documentation of the service for this answer.";
        };
    }

    private static String reason(Exception e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return root.getClass().getSimpleName() + ": " + message;
    }

    static boolean isMissing(SdkException e) {
        return e instanceof S3Exception answer
                && answer.statusCode() == NOT_FOUND
                && !code(answer).equals("NoSuchBucket");
    }

    /** Tells whether an upload or its parts do not exist: a service may remove one before the other. */
    static boolean isWithoutParts(SdkException e) {
        return isMissing(e) || e instanceof S3Exception answer && code(answer).equals("InvalidPart");
    }

    /** Tells whether a condition was not met, or another process did the same at the same moment. */
    static boolean isTaken(SdkException e) {
        return e instanceof S3Exception answer
                && (answer.statusCode() == PRECONDITION_FAILED || answer.statusCode() == CONFLICT);
    }

    /** Tells whether a retry may succeed. */
    static boolean isTransient(Exception e) {
        if (e instanceof BackupStoreException && e.getCause() instanceof Exception cause) {
            return isTransient(cause);
        }
        if (e instanceof S3Exception answer) {
            int status = answer.statusCode();
            return status >= SERVER_ERROR && status != NOT_IMPLEMENTED
                    || status == TOO_MANY_REQUESTS
                    || status == BAD_REQUEST && TRANSIENT.contains(code(answer));
        }
        return e instanceof IOException || e instanceof SdkClientException && !(e instanceof AbortedException);
    }
}
