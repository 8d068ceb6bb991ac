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
 * The one list of failures that may pass: a network that broke, a primary that stepped down, an election under way.
 *
 * <p>It holds what the driver specifications <a
 * href="https://github.com/mongodb/specifications/blob/master/source/retryable-reads/retryable-reads.md">retryable
 * reads</a> and <a
 * href="https://github.com/mongodb/specifications/blob/master/source/retryable-writes/retryable-writes.md">retryable
 * writes</a> name, and the server's codes for a cursor that did not survive a failover ({@code error_codes.yml}). The driver
 * tries such a command once more; an election takes longer than that.
 *
 * <p>A command that failed so may have been executed. Before a caller sends it again, it must be harmless to execute it twice.
 */
public final class TransientFailure {

    /**
     * HostUnreachable, HostNotFound, NetworkTimeout, ShutdownInProgress, ReadConcernMajorityNotAvailableYet,
     * PrimarySteppedDown, ExceededTimeLimit, SocketException, LegacyNotPrimary, NotWritablePrimary, InterruptedAtShutdown,
     * InterruptedDueToReplStateChange, NotPrimaryNoSecondaryOk, NotPrimaryOrSecondary.
     */
    private static final Set<Integer> OF_A_COMMAND =
            Set.of(6, 7, 89, 91, 134, 189, 262, 9001, 10058, 10107, 11600, 11602, 13435, 13436);

    /** CursorNotFound, QueryPlanKilled, CursorKilled. */
    private static final Set<Integer> OF_A_CURSOR = Set.of(43, 175, 237);

    /** Set by the server (4.4 and later), a mongos or the driver. */
    private static final List<String> LABELS =
            List.of("RetryableWriteError", MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL);

    private TransientFailure() {}

    /**
     * Tells whether it is worth trying again. If the failure ended a transaction, the whole transaction must be repeated.
     *
     * @param failure what was caught
     * @return true if the failure may pass
     */
    public static boolean is(MongoException failure) {
        return LABELS.stream().anyMatch(failure::hasErrorLabel)
                || OF_A_COMMAND.contains(failure.getCode())
                || OF_A_CURSOR.contains(failure.getCode())
                || isOfTheConnection(failure)
                || isOfTheServersState(failure)
                || isOfAuthenticationOnABrokenConnection(failure);
    }

    private static boolean isOfTheConnection(MongoException failure) {
        return failure instanceof MongoSocketException
                || failure instanceof MongoConnectionPoolClearedException
                || failure instanceof MongoServerUnavailableException
                || isWaitForAServer(failure);
    }

    private static boolean isOfTheServersState(MongoException failure) {
        return failure instanceof MongoNotPrimaryException
                || failure instanceof MongoStalePrimaryException
                || failure instanceof MongoNodeIsRecoveringException
                || failure instanceof MongoCursorNotFoundException;
    }

    /** No primary was elected in time, or no connection was free. The end of a caller's own time limit is no such wait. */
    private static boolean isWaitForAServer(MongoException failure) {
        return failure instanceof MongoTimeoutException && !(failure instanceof MongoOperationTimeoutException);
    }

    /** A connection that breaks during its handshake is reported as a failed authentication. */
    private static boolean isOfAuthenticationOnABrokenConnection(MongoException failure) {
        return failure instanceof MongoSecurityException
                && failure.getCause() instanceof MongoException cause
                && is(cause);
    }
}
