package dev.monarch.sample.server;

import java.io.IOException;
import java.nio.file.Path;

import org.h2.mvstore.MVStoreException;

/** The embedded server cannot work on its data. */
final class DataUnusableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    private DataUnusableException(String message, String remedy, Exception cause) {
        super(message, cause);
        this.remedy = remedy;
    }

    static DataUnusableException inUse(Path directory, MVStoreException cause) {
        return new DataUnusableException(
                "The kennel's data in " + directory + " is in use by another process; the embedded server works on its"
                        + " data alone.",
                "Stop the other kennel, or give this one data of its own with kennel.embedded.directory, or let both"
                        + " use one MongoDB with spring.mongodb.uri.",
                cause);
    }

    static DataUnusableException unreadable(Path file, MVStoreException cause) {
        return new DataUnusableException(
                "The kennel's data in " + file + " cannot be opened.",
                "See that this process may read and write the file. If it is damaged, delete it: the migrations make the"
                        + " data anew.",
                cause);
    }

    static DataUnusableException noDirectory(Path directory, IOException cause) {
        return new DataUnusableException(
                "The directory " + directory + " for the kennel's data cannot be made: " + cause,
                "Name one that can be made with kennel.embedded.directory.",
                cause);
    }

    /** What a person can do about it. */
    String remedy() {
        return remedy;
    }
}
