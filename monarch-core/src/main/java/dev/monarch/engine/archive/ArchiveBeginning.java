package dev.monarch.engine.archive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.monarch.engine.transfer.Namespace;

/** The part of an archive before the first block: the header and the description of each collection. */
record ArchiveBeginning(ArchiveHeader header, List<ArchivedCollection> collections) {

    private static final int LONGEST_HEADER = 64 * 1024;

    /** The most heap that a description needs once it is parsed, in bytes per byte of the archive. */
    private static final int MEMORY_PER_BYTE = 64;

    /** {@return the length limit of all descriptions, in bytes, so that they fit into the heap once parsed} */
    static int lengthLimit() {
        return (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / MEMORY_PER_BYTE);
    }

    /**
     * Reads the beginning, from the fifth byte of the archive to its first block.
     *
     * @param limit the length limit for the descriptions of all collections together, in bytes
     */
    static ArchiveBeginning read(ArchiveInput input, int limit) {
        ArchiveFields header = input.fields(input.lengthOrTerminator(), LONGEST_HEADER, "the header");
        List<ArchivedCollection> collections = new ArrayList<>();
        Set<Namespace> names = new HashSet<>();
        int left = limit;
        int length = input.lengthOrTerminator();
        while (length != ArchiveInput.TERMINATOR) {
            if (length > left) {
                throw input.damaged("the descriptions of its collections have more than " + limit
                        + " bytes, the limit for this heap; increase -Xmx");
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

    /** A block is assigned to its collection by name, so no two collections may have the same name. */
    private static void requireNew(ArchivedCollection collection, Set<Namespace> names, ArchiveInput input) {
        Namespace namespace = collection.namespace();
        boolean isNew =
                names.add(namespace) && (collection.blocks().equals(namespace) || names.add(collection.blocks()));
        if (!isNew || namespace.collection().isEmpty()) {
            input.enter(namespace.toString());
            throw input.damaged(isNew ? "a collection has no name" : "its beginning describes this collection twice");
        }
    }
}
