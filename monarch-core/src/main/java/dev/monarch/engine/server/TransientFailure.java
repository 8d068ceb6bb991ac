package dev.monarch.engine.server;

import java.util.List;
import java.util.Set;

import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoStalePrimaryException;
import com.mongodb.MongoTimeoutException;

/**
 * Recognizes transient failures: network errors, a primary that stepped down, an election.
 *
 * <p>The list contains the errors of the driver specifications <a
 * href="https://github.com/mongodb/specifications/blob/master/source/retryable-reads/retryable-reads.md">retryable
 * reads</a> and <a
 * href="https://github.com/mongodb/specifications/blob/master/source/retryable-writes/retryable-writes.md">retryable
 * writes</a> , and the server's codes for a cursor that did not survive a failover ({@code error_codes.yml}). The
 * driver retries such a command only once, but an election takes longer.
 *
 * <p>A command with such a failure may have been executed. A caller may only resend it if executing it twice is
 * harmless.
 */
public final class TransientFailure {

    /**
     * HostUnreachable, HostNotFound, NetworkTimeout, ShutdownInProgress, ReadConcernMajorityNotAvailableYet,
     * PrimarySteppedDown, ExceededTimeLimit, SocketException, LegacyNotPrimary, NotWritablePrimary, InterruptedAtShutdown,
     * InterruptedDueToReplStateChange, NotPrimaryNoSecondaryOk, NotPrimaryOrSecondary.
     */
    private static final Set<Integer> COMMAND_CODES =
            Set.of(6, 7, 89, 91, 134, 189, 262, 9001, 10058, 10107, 11600, 11602, 13435, 13436);

    /** CursorNotFound, QueryPlanKilled, CursorKilled. */
    private static final Set<Integer> CURSOR_CODES = Set.of(43, 175, 237);

    /** Set by the server (4.4 and later), by mongos or by the driver. */
    private static final List<String> LABELS =
            List.of("RetryableWriteError", MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL);

    private TransientFailure() {}

    /**
     * Tells whether to retry. If the failure ended a transaction, the whole transaction must be retried.
     *
     * @param failure the exception
     * @return true if the failure is transient
     */
    public static boolean is(MongoException failure) {
        return LABELS.stream().anyMatch(failure::hasErrorLabel)
                || COMMAND_CODES.contains(failure.getCode())
                || CURSOR_CODES.contains(failure.getCode())
                || isConnectionFailure(failure)
                || isServerStateChange(failure)
                || isBrokenHandshake(failure);
    }

    private static boolean isConnectionFailure(MongoException failure) {
        return failure instanceof MongoSocketException
                || failure instanceof MongoConnectionPoolClearedException
                || failure instanceof MongoServerUnavailableException
                || isServerSelectionTimeout(failure);
    }

    private static boolean isServerStateChange(MongoException failure) {
        return failure instanceof MongoNotPrimaryException
                || failure instanceof MongoStalePrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || failure instanceof MongoCursorNotFoundException;
    }

    /** No primary was elected in time, or no connection was available. A caller's own timeout is not transient. */
    private static boolean isServerSelectionTimeout(MongoException failure) {
        return failure instanceof MongoTimeoutException && !(failure instanceof MongoOperationTimeoutException);
    }

    /** A connection that breaks during its handshake is reported as a failed authentication. */
    private static boolean isBrokenHandshake(MongoException failure) {
        return failure instanceof MongoSecurityException
                && failure.getCause() instanceof MongoException cause
                && is(cause);
    }
}
