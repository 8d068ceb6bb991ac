package dev.monarch.spring.boot.command;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoConfigurationException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.NestedExceptionUtils;

import dev.monarch.InvalidRequestException;
import dev.monarch.LockHeldException;
import dev.monarch.MonarchException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.OperationRefusedException;
import dev.monarch.PendingMigrationsException;
import dev.monarch.RestoreIncompleteException;
import dev.monarch.UnknownBackupException;
import dev.monarch.UnknownBackupStoreException;
import dev.monarch.UnknownEnvironmentException;
import dev.monarch.UnknownMigrationException;
import dev.monarch.engine.environment.NearestNames;

/**
 * What a failure means to the person at the keyboard.
 *
 * @param exitCode what the shell is told
 * @param line what the person is told
 */
record Explanation(ExitCode exitCode, String line) {

    Explanation {
        line = Printable.name(line);
    }

    private static final int AUTHENTICATION_FAILED = 18;

    private static final int UNAUTHORIZED = 13;

    /**
     * Explains a failure.
     *
     * @param place what the command was working on, in words
     */
    static Explanation of(Throwable failure, String place) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Explanation explanation = ofOne(cause, place);
            if (explanation != null) {
                return explanation;
            }
        }
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        if (root instanceof IllegalArgumentException && isThrownBy(root, ConnectionString.class)) {
            // Its message may quote the connection string.
            return new Explanation(
                    ExitCode.FAILED,
                    "Failed: the application's connection string (spring.mongodb.uri) is not valid: mongodb://… or"
                            + " mongodb+srv://…, special characters in user and password percent-encoded.");
        }
        return new Explanation(
                ExitCode.FAILED,
                "Failed: " + Scrubbed.firstLine(root) + " (-v shows where, and the application's logs).");
    }

    private static @Nullable Explanation ofOne(Throwable failure, String place) {
        if (failure instanceof CommandException own) {
            return new Explanation(own.exitCode(), String.valueOf(own.getMessage()));
        }
        if (failure instanceof MonarchException ours) {
            return ofMonarch(ours);
        }
        if (failure instanceof BindException unreadable) {
            return new Explanation(ExitCode.FAILED, UnreadableProperty.explained(unreadable));
        }
        return ofDriver(failure, place);
    }

    private static Explanation ofMonarch(MonarchException failure) {
        String line =
                String.join(" ", String.valueOf(failure.getMessage()).lines().toList());
        if (failure instanceof UnknownEnvironmentException unknown) {
            return new Explanation(ExitCode.WRONG_USE, line + NearestNames.question(unknown.name(), unknown.known()));
        }
        if (failure instanceof UnknownBackupStoreException unknown) {
            return new Explanation(ExitCode.WRONG_USE, line + NearestNames.question(unknown.name(), unknown.known()));
        }
        if (failure instanceof UnknownMigrationException
                || failure instanceof UnknownBackupException
                || failure instanceof InvalidRequestException) {
            return new Explanation(ExitCode.WRONG_USE, line);
        }
        if (failure instanceof OperationRefusedException) {
            return new Explanation(ExitCode.REFUSED, line);
        }
        if (failure instanceof PendingMigrationsException) {
            return new Explanation(ExitCode.PENDING, line);
        }
        if (failure instanceof LockHeldException) {
            return new Explanation(ExitCode.LOCKED, line);
        }
        if (failure instanceof OperationInterruptedException) {
            return new Explanation(ExitCode.INTERRUPTED, line);
        }
        if (failure instanceof RestoreIncompleteException incomplete) {
            return new Explanation(exitCode(incomplete), line);
        }
        return new Explanation(ExitCode.FAILED, line);
    }

    /** What says that nothing has happened is true only of the first database. */
    private static ExitCode exitCode(RestoreIncompleteException failure) {
        boolean interrupted = failure.getCause() instanceof OperationInterruptedException;
        return failure.getCause() instanceof MonarchException cause
                        && (interrupted || failure.restored().isEmpty())
                ? ofMonarch(cause).exitCode()
                : ExitCode.FAILED;
    }

    private static @Nullable Explanation ofDriver(Throwable failure, String place) {
        if (failure instanceof MongoInterruptedException) {
            return new Explanation(ExitCode.INTERRUPTED, "Interrupted while talking to " + place + ".");
        }
        if (failure instanceof MongoSecurityException) {
            return refusedLogin(place);
        }
        if (failure instanceof MongoCommandException command) {
            if (command.getErrorCode() == AUTHENTICATION_FAILED) {
                return refusedLogin(place);
            }
            return command.getErrorCode() == UNAUTHORIZED
                    ? new Explanation(
                            ExitCode.FAILED,
                            "The user of " + place + " lacks a privilege: " + command.getErrorMessage() + ".")
                    : null;
        }
        if (failure instanceof MongoTimeoutException || failure instanceof MongoSocketException) {
            return new Explanation(
                    ExitCode.FAILED,
                    "Cannot reach " + place + ": no server answered. Check that it runs, its host and port, and what"
                            + " stands between (-v shows what was tried).");
        }
        if (failure instanceof MongoConfigurationException) {
            return new Explanation(
                    ExitCode.FAILED, "Cannot connect to " + place + ": " + Scrubbed.firstLine(failure) + ".");
        }
        return null;
    }

    private static boolean isThrownBy(Throwable failure, Class<?> type) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().equals(type.getName());
    }

    private static Explanation refusedLogin(String place) {
        return new Explanation(
                ExitCode.FAILED,
                "The server of " + place + " refused the login: wrong user, password or authentication database.");
    }
}
