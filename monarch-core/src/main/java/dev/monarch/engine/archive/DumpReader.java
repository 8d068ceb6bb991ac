package dev.monarch.engine.archive;

import java.io.IOException;
import java.util.List;

import dev.monarch.transfer.Omission;

/** Reads a dump in one of the formats of mongodump. One instance reads one dump on one thread. */
public interface DumpReader extends AutoCloseable {

    /** {@return the versions in the dump; empty strings if it has none} */
    ArchiveHeader header();

    /** {@return the collections in the dump, in its order} */
    List<ArchivedCollection> collections();

    /** {@return what is in the dump and is not read} */
    default List<Omission> omissions() {
        return List.of();
    }

    /**
     * Passes all documents to a visitor. Can be called once.
     *
     * @param visitor receives the documents of a collection before its end is verified
     * @throws dev.monarch.DamagedArchiveException if the dump is damaged
     */
    void readAll(ArchiveVisitor visitor);

    @Override
    void close() throws IOException;
}
