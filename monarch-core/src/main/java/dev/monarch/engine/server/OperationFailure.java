package dev.monarch.engine.server;

import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.function.Supplier;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import org.jspecify.annotations.Nullable;

import dev.monarch.LockLostException;
import dev.monarch.MonarchException;
import dev.monarch.OperationInterruptedException;
import dev.monarch.SwapInterruptedException;
import dev.monarch.TransferFailedException;

/** Translates failures of sources, sinks, threads and streams into Monarch's exceptions. */
public final class OperationFailure {

    private OperationFailure() {}

    /**
     * Runs an operation on a server, and translates exceptions of the driver. Other exceptions are not changed.
     *
     * @param operation the operation, as a phrase before the name of an environment
     * @param environment the environment of the server
     * @param work runs the operation
     * @param <T> the type of the result
     * @return the result
     */
    public static <T> T translated(String operation, String environment, Supplier<T> work) {
        try {
            return work.get();
        } catch (MongoException e) {
            throw of(operation, environment, e);
        }
    }

    /**
     * Translates an exception.
     *
     * @param operation the operation, as a phrase before the name of an environment
     * @param environment the environment
     * @param thrown the exception
     * @return the exception to throw instead
     */
    public static MonarchException of(String operation, String environment, RuntimeException thrown) {
        MonarchException ours = find(MonarchException.class, thrown);
        if (ours instanceof SwapInterruptedException || ours instanceof LockLostException) {
            return ours;
        }
        // An interrupt also closes files, which can look like a damaged archive.
        if (isInterrupted(thrown)) {
            return new OperationInterruptedException(operation, environment, thrown);
        }
        if (ours != null) {
            return ours;
        }
        return new TransferFailedException(operation, environment, reason(thrown), List.of(), thrown);
    }

    private static boolean isInterrupted(RuntimeException thrown) {
        return Thread.currentThread().isInterrupted()
                || find(MongoInterruptedException.class, thrown) != null
                || find(InterruptedException.class, thrown) != null
                || find(ClosedByInterruptException.class, thrown) != null;
    }

    private static String reason(RuntimeException thrown) {
        String message = String.valueOf(thrown.getMessage()).strip();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static <T extends Throwable> @Nullable T find(Class<T> type, Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
