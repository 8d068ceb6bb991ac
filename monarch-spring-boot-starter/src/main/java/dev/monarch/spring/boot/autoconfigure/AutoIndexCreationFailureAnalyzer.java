package dev.monarch.spring.boot.autoconfigure;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;

/** Explains a start that ended because an index of a mapped class could not be created, before any migration ran. */
final class AutoIndexCreationFailureAnalyzer extends AbstractFailureAnalyzer<BeanCreationException> {

    private static final String INDEX_CREATOR =
            "org.springframework.data.mongodb.core.index.MongoPersistentEntityIndexCreator";

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BeanCreationException cause) {
        if (!isOfTheIndexCreator(cause)) {
            return null;
        }
        return new FailureAnalysis(
                "An index of a mapped class could not be created: "
                        + NestedExceptionUtils.getMostSpecificCause(cause) + ". "
                        + BootMigrations.AUTO_INDEX_CREATION + " is on: Spring Data creates these indexes before any"
                        + " migration runs, on data that no migration has prepared.",
                "Set " + BootMigrations.AUTO_INDEX_CREATION
                        + "=false and create the index in a migration, after those that" + " prepare the data for it.",
                cause);
    }

    private static boolean isOfTheIndexCreator(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (Arrays.stream(cause.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(INDEX_CREATOR))) {
                return true;
            }
        }
        return false;
    }
}
