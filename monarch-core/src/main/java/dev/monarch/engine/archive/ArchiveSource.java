package dev.monarch.engine.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.monarch.DamagedArchiveException;
import dev.monarch.archive.ArchiveOutput.ArchivedTotals;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionOwner;
import dev.monarch.engine.transfer.TransferSink;
import dev.monarch.engine.transfer.TransferSource;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Omission;

/**
 * Reads a database from an archive of mongodump or Monarch, whatever its compression, or from another dump.
 *
 * <p>A collection ends only after its checksum was verified. The transfer ends only after the whole archive was
 * verified, including collections that are not selected. Only user collections are transferred ({@link
 * CollectionOwner}); the catalogue's omissions list the rest.
 */
public final class ArchiveSource implements TransferSource, AutoCloseable {

    private final DumpReader reader;

    private final Consumer<ArchiveVisitor> reading;

    private final CollectionSelection selection;

    private final ArchivedCatalogue catalogue;

    private final Map<String, Long> checksums = new HashMap<>();

    private final ArchivedDatabases databases;

    private ArchiveSource(DumpReader reader, ArchiveSelection selection, Consumer<ArchiveVisitor> reading) {
        this.reader = reader;
        this.reading = reading;
        this.selection = selection.collections();
        this.databases = new ArchivedDatabases(reader.collections());
        String database = databases.choose(selection.database());
        List<String> requested = List.of(database);
        List<Omission> omissions = new ArrayList<>(databases.omissionsIn(requested));
        if (!selection.oneOfAll()) {
            omissions.addAll(databases.omissionsOutside(requested));
            omissions.addAll(reader.omissions());
        }
        this.catalogue = ArchivedCatalogue.of(reader, database, requested, omissions, archived -> {
            CollectionDescription known =
                    selection.known().get(archived.namespace().collection());
            return known != null ? known : ArchivedCatalogue.description(archived);
        });
    }

    /** Reads all databases. If there are several, collections have their full names. */
    private ArchiveSource(DumpReader reader) {
        this.reader = reader;
        this.reading = reader::readAll;
        this.selection = CollectionSelection.ALL;
        this.databases = new ArchivedDatabases(reader.collections());
        List<String> all = databases.ofUsers();
        List<Omission> omissions = new ArrayList<>(databases.omissionsIn(all));
        omissions.addAll(databases.omissionsOutside(all));
        omissions.addAll(reader.omissions());
        this.catalogue = all.size() > 1
                ? ArchivedCatalogue.withFullNames(reader, all, omissions)
                : ArchivedCatalogue.of(reader, databases.choose(null), all, omissions, ArchivedCatalogue::description);
    }

    /**
     * Opens an archive and reads its beginning.
     *
     * @param stream the archive; closed with the source, or immediately if this method throws
     * @param selection the database and collections to read
     * @return the source
     * @throws DamagedArchiveException if it is not an archive, or its beginning is damaged
     * @throws dev.monarch.OperationRefusedException if it contains several databases and none is selected, if it does
     *     not contain the selected one, or if its compression is not supported here
     */
    public static ArchiveSource open(InputStream stream, ArchiveSelection selection) {
        return open(stream, reader -> new ArchiveSource(reader, selection, reader::readAll));
    }

    /**
     * Opens an archive that holds one database.
     *
     * @param stream the archive; closed with the source, or immediately if this method throws
     * @param selection the collections to read
     * @return the source
     * @throws DamagedArchiveException if it is not an archive, or its beginning is damaged
     * @throws dev.monarch.OperationRefusedException if it contains several databases, or its compression is not
     *     supported here
     */
    public static ArchiveSource open(InputStream stream, CollectionSelection selection) {
        return open(stream, ArchiveSelection.of(selection));
    }

    /**
     * Opens an archive with any number of databases for reading, not for restoring. If there are several, collections
     * have their full names.
     *
     * @param stream the archive; closed with the source, or immediately if this method throws
     * @return the source
     * @throws DamagedArchiveException if it is not an archive, or its beginning is damaged
     * @throws dev.monarch.OperationRefusedException if its compression is not supported here
     */
    public static ArchiveSource openAll(InputStream stream) {
        return open(stream, ArchiveSource::new);
    }

    /**
     * Opens a part of an archive: its beginning, followed by the frames of the selected collections.
     *
     * @param stream the part; closed with the source, or immediately if this method throws
     * @param selection the database and collections to read
     * @param totals the expected totals of these collections
     * @return the source
     * @throws DamagedArchiveException if it is not an archive, its beginning is damaged, or it contains several
     *     databases
     */
    public static ArchiveSource openPart(InputStream stream, ArchiveSelection selection, List<ArchivedTotals> totals) {
        List<ArchivedTotals> part = List.copyOf(totals);
        return open(stream, reader -> new ArchiveSource(reader, selection, visitor -> reader.readPart(part, visitor)));
    }

    /**
     * Reads one database of a dump.
     *
     * @param reader the dump; closed with the source, or immediately if this method throws
     * @param selection the database and collections to read
     * @return the source
     * @throws dev.monarch.OperationRefusedException if it contains several databases and none is selected, or if it
     *     does not contain the selected one
     */
    public static ArchiveSource open(DumpReader reader, ArchiveSelection selection) {
        return open(reader, each -> new ArchiveSource(each, selection, each::readAll));
    }

    /**
     * Reads all databases of a dump, for reading and not for restoring. If there are several, collections have their
     * full names.
     *
     * @param reader the dump; closed with the source, or immediately if this method throws
     * @return the source
     */
    public static ArchiveSource openAll(DumpReader reader) {
        return open(reader, ArchiveSource::new);
    }

    private static ArchiveSource open(InputStream stream, Function<ArchiveReader, ArchiveSource> opening) {
        return open(ArchiveReader.open(stream), opening);
    }

    private static <R extends DumpReader> ArchiveSource open(R reader, Function<R, ArchiveSource> opening) {
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

    /** {@return the header of the archive} */
    public ArchiveHeader header() {
        return reader.header();
    }

    /** {@return the collections of the database, including those that are not selected, and the omitted objects} */
    public Catalogue catalogue() {
        return catalogue.catalogue();
    }

    /**
     * Returns the databases with user collections.
     *
     * @return their names, in the order of the archive; {@code admin} only if there is no other
     */
    public List<String> databases() {
        return databases.ofUsers();
    }

    /** {@return what is outside {@link #databases()}: the oplog and the server's own databases} */
    public List<Omission> omittedDatabases() {
        return databases.omissionsOutside(databases());
    }

    /**
     * Describes the user collections of all databases.
     *
     * @return the collections by database, in the order of the dump
     * @throws DamagedArchiveException if a description cannot be read
     */
    public Map<String, List<CollectionDescription>> contents() {
        Map<String, List<CollectionDescription>> contents = new LinkedHashMap<>();
        databases().forEach(database -> contents.put(database, new ArrayList<>()));
        for (ArchivedCollection collection : reader.collections()) {
            List<CollectionDescription> of = contents.get(collection.namespace().database());
            if (of != null && CollectionOwner.of(collection.namespace()) == CollectionOwner.USER) {
                of.add(ArchivedCatalogue.description(collection));
            }
        }
        return contents;
    }

    /**
     * Returns the verified checksum of a collection's documents (CRC-64/XZ).
     *
     * @param collection its name
     * @return the checksum; empty if the collection was not transferred completely
     */
    public OptionalLong checksum(String collection) {
        Long checksum = checksums.get(collection);
        return checksum == null ? OptionalLong.empty() : OptionalLong.of(checksum);
    }

    @Override
    public void transferTo(TransferSink sink) {
        sink.begin(catalogue.catalogue().only(selection));
        reading.accept(new ArchiveTransfer(catalogue.selectedBy(selection), sink, checksums));
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
