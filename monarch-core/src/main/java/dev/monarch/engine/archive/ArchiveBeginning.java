package dev.monarch.engine.archive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.monarch.engine.transfer.Namespace;

/** What an archive says before its documents: of itself, and of every collection. */
record ArchiveBeginning(ArchiveHeader header, List<ArchivedCollection> collections) {

    private static final int LONGEST_HEADER = 64 * 1024;

    /** The memory that descriptions take, in bytes per byte of the archive, at the very worst. */
    private static final int MEMORY_PER_BYTE = 64;

    /** Returns how long a beginning may be, in bytes, so that what it says finds room in memory. */
    static int roomInHeap() {
        return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / MEMORY_PER_BYTE);
    }

    /**
     * Reads the beginning, from behind the first four bytes to the first block.
     *
     * @param room how many bytes the descriptions of all collections may have
     */
    static ArchiveBeginning read(ArchiveInput input, int room) {
        ArchiveFields header = input.fields(input.lengthOrTerminator(), LONGEST_HEADER, "the header");
        List<ArchivedCollection> collections = new ArrayList<>();
        Set<Namespace> names = new HashSet<>();
        int left = room;
        int length = input.lengthOrTerminator();
        while (length != ArchiveInput.TERMINATOR) {
            if (length > left) {
                throw input.damaged("its collections are described in more than " + room
                        + " bytes, for which there is no room in memory; a larger heap (-Xmx) has more");
            }
            ArchivedCollection collection = collection(input.fields(length, left, "a description"));
            left -= length;
            requireNew(collection, names, input);
            collections.add(collection);
            length = input.lengthOrTerminator();
        }
        return new ArchiveBeginning(
                new ArchiveHeader(header.text("version"), header.text("server_version"), header.text("tool_version")),
                List.copyOf(collections));
    }

    private static ArchivedCollection collection(ArchiveFields fields) {
        return new ArchivedCollection(ArchiveReader.namespace(fields), fields.text("metadata"), fields.text("type"));
    }

    /** Blocks are told apart by their names, so two collections may not share one. */
    private static void requireNew(ArchivedCollection collection, Set<Namespace> names, ArchiveInput input) {
        Namespace namespace = collection.namespace();
        boolean isNew =
                names.add(namespace) && (collection.blocks().equals(namespace) || names.add(collection.blocks()));
        if (!isNew || namespace.collection().isEmpty()) {
            input.enter(namespace.toString());
            throw input.damaged(isNew ? "a collection has no name" : "its beginning names this collection twice");
        }
    }
}
