package dev.monarch.sample.server;

import java.io.IOException;
import java.nio.file.Path;

import org.h2.mvstore.MVStoreException;

/** The embedded server cannot use its data. */
final class DataUnusableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    private DataUnusableException(String message, String remedy, Exception cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    static DataUnusableException inUse(Path directory, MVStoreException cause) {
        return new DataUnusableException(
                "The kennel's data in " + directory + " is in use by another process. The embedded server needs"
                        + " exclusive access.",
                "Stop the other kennel, or give this one another directory with kennel.embedded.directory, or connect both"
                        + " to one MongoDB with spring.mongodb.uri.",
                cause);
    }

    static DataUnusableException unreadable(Path file, MVStoreException cause) {
        return new DataUnusableException(
                "The kennel's data in " + file + " cannot be opened.",
                "Check that this process can read and write the file. If it is damaged, delete it. The migrations then"
                        + " create the data again.",
                cause);
    }

    static DataUnusableException noDirectory(Path directory, IOException cause) {
        return new DataUnusableException(
                "The directory " + directory + " for the kennel's data cannot be created: " + cause,
                "Choose another one with kennel.embedded.directory.",
                cause);
    }

    /** What the user can do about it. */
    String remedy() {
        return remedy;
    }
}
