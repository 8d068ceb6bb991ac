package dev.monarch.spring.boot.command;

import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.NestedExceptionUtils;

import dev.monarch.MonarchException;
import dev.monarch.TransferFailedException;
import dev.monarch.engine.Scrubbed;
import dev.monarch.spring.boot.advice.Advice;
import dev.monarch.spring.boot.advice.ExitCode;

/**
 * The explanation of a failure for the user.
 *
 * @param exitCode the exit code
 * @param line the explanation
 */
record Explanation(ExitCode exitCode, String line) {

    Explanation {
        line = Printable.name(line);
    }

    /**
     * Explains a failure.
     *
     * @param place what the command was working on, unless the failure names another environment
     */
    static Explanation of(Throwable failure, Place place) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Explanation explanation = ofOne(cause, place);
            if (explanation != null) {
                return explanation;
            }
        }
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        if (root instanceof IllegalArgumentException && isThrownBy(root, ConnectionString.class)) {
            // Its message may contain the connection string.
            return new Explanation(
                    ExitCode.FAILED,
                    "Failed: the application's connection string (spring.mongodb.uri) is not valid. It must be mongodb://… or"
                            + " mongodb+srv://…, with special characters in user and password percent-encoded.");
        }
        return new Explanation(
                ExitCode.FAILED,
                "Failed: " + Scrubbed.firstLine(root) + " (-v shows the stack trace and the application's logs).");
    }

    private static @Nullable Explanation ofOne(Throwable failure, Place place) {
        if (failure instanceof CommandException own) {
            return new Explanation(own.exitCode(), String.valueOf(own.getMessage()));
        }
        if (failure instanceof MonarchException ours) {
            Explanation ofDriver = ofDriver(ours, place);
            return ofDriver != null ? ofDriver : of(Advice.of(ours));
        }
        if (failure instanceof BindException unreadable) {
            return new Explanation(ExitCode.FAILED, UnreadableProperty.explained(unreadable));
        }
        return ofDriver(failure, place.describe());
    }

    /** The driver's reason, such as an unreachable server, helps more than the name of the operation that failed. */
    private static @Nullable Explanation ofDriver(MonarchException ours, Place place) {
        return ours instanceof TransferFailedException failed && failed.getCause() instanceof MongoException cause
                ? ofDriver(cause, place.of(failed.environment()).describe())
                : null;
    }

    private static Explanation of(Advice advice) {
        return new Explanation(
                advice.exitCode(), String.join(" ", advice.line().lines().toList()));
    }

    private static @Nullable Explanation ofDriver(Throwable failure, String place) {
        return Advice.ofDriver(failure, place)
                .map(advice -> new Explanation(
                        advice.exitCode(),
                        advice.nextStep().isEmpty() ? advice.line() : advice.line() + " -v shows what was tried."))
                .orElse(null);
    }

    private static boolean isThrownBy(Throwable failure, Class<?> type) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().equals(type.getName());
    }
}
