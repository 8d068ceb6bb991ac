package dev.monarch.engine.dump;

import dev.monarch.Reason;
import dev.monarch.engine.archive.UnsupportedArchive;

/** Counts the files of a dump, and refuses too many. */
final class FileCount {

    private final String container;

    private final int limit;

    private int files;

    FileCount(String container, ContainerLimits limits) {
        this.container = container;
        this.limit = limits.maxFiles();
    }

    void addOne() {
        files++;
        require(files);
    }

    /** Checks a number that the container claims. */
    void require(long claimed) {
        if (claimed > limit) {
            throw UnsupportedArchive.toRead(
                    Reason.DUMP_FILES, "'" + container + "' contains more than " + limit + " files");
        }
    }
}
