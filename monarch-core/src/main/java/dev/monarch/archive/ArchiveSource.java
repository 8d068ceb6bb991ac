package dev.monarch.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;
import dev.monarch.transfer.Catalogue;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.CollectionSink;
import dev.monarch.transfer.DocumentBatch;
import dev.monarch.transfer.Namespace;
import dev.monarch.transfer.TransferSink;
import dev.monarch.transfer.TransferSource;

/**
 * Gives the database that an archive of mongodump or of Monarch holds, however it is compressed.
 *
 * <p>A collection is ended only once its checksum was found to be right, and the transfer only once the whole archive was,
 * with what is not selected. What a dump of a whole server holds besides (the oplog, users and roles) is left out.
 */
public final class ArchiveSource implements TransferSource, AutoCloseable {

    private static final String ADMIN = "admin";

    private final ArchiveReader reader;

    private final CollectionSelection selection;

    /** What the collections hold whose frames are all that is read; null if the whole archive is. */
    private final @Nullable List<ArchivedTotals> part;

    private final Map<Namespace, CollectionDescription> selected = new HashMap<>();

    private final Map<String, Long> checksums = new HashMap<>();

    private final Catalogue catalogue;

    private ArchiveSource(ArchiveReader reader, CollectionSelection selection, @Nullable List<ArchivedTotals> part) {
        this.reader = reader;
        this.selection = selection;
        this.part = part;
        String database = database(reader.collections());
        for (ArchivedCollection archived : reader.collections()) {
            if (isOf(database, archived)) {
                CollectionDescription description = description(archived);
                selected.put(archived.namespace(), description);
                selected.put(archived.blocks(), description);
            }
        }
        this.catalogue = new Catalogue(
                database,
                reader.collections().stream()
                        .map(archived -> selected.get(archived.namespace()))
                        .filter(Objects::nonNull)
                        .toList());
        selected.values().removeIf(description -> !selection.selects(description.name()));
    }

    /**
     * Opens an archive and reads what it says of itself.
     *
     * @param stream the archive, which is closed with the source, or at once if this throws
     * @param selection which collections are wanted
     * @return the source
     * @throws DamagedArchiveException if it is none, or is damaged this early
     * @throws dev.monarch.OperationRefusedException if it holds several databases, or is compressed in a way that cannot be
     *     undone here
     */
    public static ArchiveSource open(InputStream stream, CollectionSelection selection) {
        return open(stream, selection, null);
    }

    /**
     * Opens a part of an archive: its beginning, and behind it the frames of the collections that are wanted.
     *
     * @param stream the part, which is closed with the source, or at once if this throws
     * @param selection which collections are wanted
     * @param totals what these collections hold, against which they are checked
     * @return the source
     * @throws DamagedArchiveException if it is none, is damaged this early, or holds several databases
     */
    public static ArchiveSource openPart(
            InputStream stream, CollectionSelection selection, List<ArchivedTotals> totals) {
        return open(stream, selection, List.copyOf(totals));
    }

    private static ArchiveSource open(
            InputStream stream, CollectionSelection selection, @Nullable List<ArchivedTotals> part) {
        ArchiveReader reader = ArchiveReader.open(stream);
        try {
            return new ArchiveSource(reader, selection, part);
        } catch (RuntimeException e) {
            try {
                reader.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private static String database(List<ArchivedCollection> collections) {
        List<String> databases = collections.stream()
                .map(collection -> collection.namespace().database())
                .filter(database -> !database.isEmpty())
                .distinct()
                .toList();
        List<String> ordinary =
                databases.stream().filter(name -> !name.equals(ADMIN)).toList();
        List<String> candidates = ordinary.isEmpty() ? databases : ordinary;
        if (candidates.size() > 1) {
            throw Refusal.toRead(
                    "it holds the databases " + String.join(", ", candidates) + ", and an environment is one",
                    "Dump them one by one with mongodump --db.");
        }
        return candidates.isEmpty() ? "" : candidates.get(0);
    }

    /** A dump's oplog belongs to no database. */
    private static boolean isOf(String database, ArchivedCollection archived) {
        return !database.isEmpty() && archived.namespace().database().equals(database) && !isUsersOrRoles(archived);
    }

    private static boolean isUsersOrRoles(ArchivedCollection collection) {
        return collection.namespace().collection().startsWith("$admin.")
                || collection.namespace().database().equals(ADMIN)
                        && collection.namespace().collection().startsWith("system.");
    }

    private static CollectionDescription description(ArchivedCollection archived) {
        try {
            return CollectionMetadata.read(archived);
        } catch (RuntimeException | StackOverflowError e) {
            throw new DamagedArchiveException(
                    archived.namespace().toString(), 0, "its options and indexes cannot be read", e);
        }
    }

    /**
     * Returns what the archive says of itself.
     *
     * @return the header
     */
    public ArchiveHeader header() {
        return reader.header();
    }

    /**
     * Returns everything the archive holds, what is not selected included.
     *
     * @return the collections of its database
     */
    public Catalogue catalogue() {
        return catalogue;
    }

    /**
     * Returns the checksum of a collection's documents (CRC-64/XZ), which was found to be right.
     *
     * @param collection its name
     * @return the checksum, or nothing if the collection was not transferred to its end
     */
    public OptionalLong checksum(String collection) {
        Long checksum = checksums.get(collection);
        return checksum == null ? OptionalLong.empty() : OptionalLong.of(checksum);
    }

    @Override
    public void transferTo(TransferSink sink) {
        sink.begin(catalogue.only(selection));
        Map<String, CollectionSink> open = new HashMap<>();
        read(new ArchiveVisitor() {

            @Override
            public void documents(Namespace namespace, DocumentBatch batch) {
                CollectionSink to = sinkOf(namespace);
                if (to != null) {
                    to.documents(batch);
                }
            }

            @Override
            public void end(Namespace namespace, long documents, long checksum) {
                CollectionSink to = sinkOf(namespace);
                if (to != null) {
                    checksums.put(
                            Objects.requireNonNull(selected.get(namespace)).name(), checksum);
                    to.end();
                }
            }

            private @Nullable CollectionSink sinkOf(Namespace namespace) {
                CollectionDescription description = selected.get(namespace);
                return description == null
                        ? null
                        : open.computeIfAbsent(description.name(), name -> sink.collection(description));
            }
        });
    }

    private void read(ArchiveVisitor visitor) {
        if (part == null) {
            reader.readAll(visitor);
        } else {
            reader.readPart(part, visitor);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
