package dev.monarch.engine.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.monarch.DamagedArchiveException;
import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionOwner;
import dev.monarch.engine.transfer.CollectionSink;
import dev.monarch.engine.transfer.DocumentBatch;
import dev.monarch.engine.transfer.Namespace;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.engine.transfer.TransferSource;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Omission;

/**
 * Gives the database that an archive of mongodump or of Monarch holds, however it is compressed.
 *
 * <p>A collection is ended only once its checksum was found to be right, and the transfer only once the whole archive was,
 * with what is not selected. Only what is a user's is given ({@link CollectionOwner}); the rest is named in the catalogue's
 * omissions.
 */
public final class ArchiveSource implements TransferSource, AutoCloseable {

    /** Buckets that come without the time series they belong to. */
    private static final String BUCKETS = "system.buckets.";

    private final ArchiveReader reader;

    private final CollectionSelection selection;

    /** What the collections hold whose frames are all that is read; null if the whole archive is. */
    private final @Nullable List<ArchivedTotals> part;

    private final Map<Namespace, CollectionDescription> selected = new HashMap<>();

    private final Map<String, Long> checksums = new HashMap<>();

    private final Catalogue catalogue;

    private final ArchivedDatabases databases;

    private ArchiveSource(ArchiveReader reader, ArchiveSelection selection, @Nullable List<ArchivedTotals> part) {
        this.reader = reader;
        this.selection = selection.collections();
        this.part = part;
        this.databases = new ArchivedDatabases(reader.collections());
        String database = databases.choose(selection.database());
        List<String> wanted = List.of(database);
        List<Omission> omissions = new ArrayList<>(databases.omissionsIn(wanted));
        if (!selection.oneOfAll()) {
            omissions.addAll(databases.omissionsBeside(wanted));
        }
        this.catalogue = catalogue(database, wanted, omissions, archived -> {
            CollectionDescription known =
                    selection.known().get(archived.namespace().collection());
            return known != null ? known : description(archived);
        });
        selected.values().removeIf(description -> !this.selection.selects(description.name()));
    }

    /** Gives all databases; where there are several, collections are called by their full names. */
    private ArchiveSource(ArchiveReader reader) {
        this.reader = reader;
        this.selection = CollectionSelection.ALL;
        this.part = null;
        this.databases = new ArchivedDatabases(reader.collections());
        List<String> all = databases.ofUsers();
        List<Omission> omissions = new ArrayList<>(databases.omissionsIn(all));
        omissions.addAll(databases.omissionsBeside(all));
        this.catalogue = all.size() > 1
                ? catalogue("", all, omissions, archived -> inFull(archived.namespace(), description(archived)))
                : catalogue(databases.choose(null), all, omissions, ArchiveSource::description);
    }

    private static CollectionDescription inFull(Namespace namespace, CollectionDescription collection) {
        return new CollectionDescription(
                namespace.toString(), collection.type(), collection.options(), collection.indexes(), collection.uuid());
    }

    private Catalogue catalogue(
            String name,
            List<String> wanted,
            List<Omission> omissions,
            Function<ArchivedCollection, CollectionDescription> describe) {
        List<CollectionDescription> collections = new ArrayList<>();
        for (ArchivedCollection archived : reader.collections()) {
            Namespace namespace = archived.namespace();
            if (!wanted.contains(namespace.database()) || namespace.database().isEmpty()) {
                continue;
            }
            if (CollectionOwner.of(namespace) == CollectionOwner.USER) {
                CollectionDescription description = describe.apply(archived);
                collections.add(description);
                selected.put(namespace, description);
                selected.put(archived.blocks(), description);
            } else if (namespace.collection().startsWith(BUCKETS)) {
                throw Refusal.toRead(
                        Reason.TIME_SERIES_WITHOUT_DESCRIPTION,
                        "'" + namespace + "' holds the buckets of a time series without its description");
            }
        }
        return new Catalogue(name, collections, omissions);
    }

    /**
     * Opens an archive and reads what it says of itself.
     *
     * @param stream the archive, which is closed with the source, or at once if this throws
     * @param selection what is wanted
     * @return the source
     * @throws DamagedArchiveException if it is none, or is damaged this early
     * @throws dev.monarch.OperationRefusedException if it holds several databases and none is chosen, or not the one that is,
     *     or is compressed in a way that cannot be undone here
     */
    public static ArchiveSource open(InputStream stream, ArchiveSelection selection) {
        return open(stream, reader -> new ArchiveSource(reader, selection, null));
    }

    /**
     * Opens an archive that holds one database.
     *
     * @param stream the archive, which is closed with the source, or at once if this throws
     * @param selection which collections are wanted
     * @return the source
     * @throws DamagedArchiveException if it is none, or is damaged this early
     * @throws dev.monarch.OperationRefusedException if it holds several databases, or is compressed in a way that cannot be
     *     undone here
     */
    public static ArchiveSource open(InputStream stream, CollectionSelection selection) {
        return open(stream, ArchiveSelection.of(selection));
    }

    /**
     * Opens an archive of any number of databases, to be read and not restored: where there are several, its collections
     * are called by their full names.
     *
     * @param stream the archive, which is closed with the source, or at once if this throws
     * @return the source
     * @throws DamagedArchiveException if it is none, or is damaged this early
     * @throws dev.monarch.OperationRefusedException if it is compressed in a way that cannot be undone here
     */
    public static ArchiveSource openAll(InputStream stream) {
        return open(stream, ArchiveSource::new);
    }

    /**
     * Opens a part of an archive: its beginning, and behind it the frames of the collections that are wanted.
     *
     * @param stream the part, which is closed with the source, or at once if this throws
     * @param selection what is wanted
     * @param totals what these collections hold, against which they are checked
     * @return the source
     * @throws DamagedArchiveException if it is none, is damaged this early, or holds several databases
     */
    public static ArchiveSource openPart(InputStream stream, ArchiveSelection selection, List<ArchivedTotals> totals) {
        return open(stream, reader -> new ArchiveSource(reader, selection, List.copyOf(totals)));
    }

    /**
     * Refuses a folder of mongodump, which is not read here.
     *
     * @param path the folder
     * @return the exception, which says how to make an archive of it
     */
    public static OperationRefusedException folder(String path) {
        return ForeignFormat.folder(path);
    }

    private static ArchiveSource open(InputStream stream, Function<ArchiveReader, ArchiveSource> opening) {
        ArchiveReader reader = ArchiveReader.open(stream);
        try {
            return opening.apply(reader);
        } catch (RuntimeException e) {
            try {
                reader.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
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
     * @return the collections of its database, and what of the archive does not travel
     */
    public Catalogue catalogue() {
        return catalogue;
    }

    /**
     * Returns the databases that hold anything of a user's.
     *
     * @return their names, in the order of the archive; {@code admin} only if there is no other
     */
    public List<String> databases() {
        return databases.ofUsers();
    }

    /**
     * Returns what of the archive is in none of {@link #databases()}.
     *
     * @return the oplog, and databases of the server's own
     */
    public List<Omission> omittedDatabases() {
        return databases.omissionsBeside(databases());
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
                    requireNoView(namespace);
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

            private void requireNoView(Namespace namespace) {
                CollectionDescription of = selected.get(namespace);
                if (of != null && of.type() == CollectionType.VIEW) {
                    throw new DamagedArchiveException(
                            namespace.toString(), 0, "it is a view, and documents of it come", null);
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
