package dev.monarch.engine.version;

import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

import dev.monarch.OperationRefusedException;
import dev.monarch.Reason;
import dev.monarch.version.DocumentVersionChange;

/**
 * The versions of the documents of one collection: turns stored documents into those of the newest version, and back.
 * Thread-safe.
 *
 * <p>A stored document of the newest version has the fields of that version, the number of the version, and, as long as older
 * instances exist, the {@link KeptFields} that only they need. It is upgraded again if an older instance has changed it: if
 * the number is gone, if a kept field has another value, or if a field is there that an upgrade removes.
 */
public final class CollectionVersions {

    private final String collection;

    private final NavigableMap<Integer, DocumentVersionChange> changes;

    private final String versionField;

    private final OlderInstances instances;

    private volatile int contracted;

    private volatile int complete;

    /**
     * Creates the versions of a collection.
     *
     * @param collection the name of the collection
     * @param changes the change to each version, without gaps; at least one
     * @param versionField the field with the number of the version
     */
    public CollectionVersions(
            String collection, NavigableMap<Integer, DocumentVersionChange> changes, String versionField) {
        this.collection = collection;
        this.changes = new TreeMap<>(changes);
        this.versionField = versionField;
        this.instances = new OlderInstances(this.changes);
        this.contracted = oldest();
        this.complete = oldest();
    }

    /** {@return the name of the collection} */
    public String collection() {
        return collection;
    }

    /** {@return the version that the application reads and writes} */
    public int newest() {
        return changes.lastKey();
    }

    /** {@return the version of documents without a number} */
    public int oldest() {
        return changes.firstKey() - 1;
    }

    /** {@return whether documents keep what older instances need} */
    public boolean isExpanded() {
        return contracted < newest();
    }

    /**
     * Tells whether no document has anything of an older instance. As long as a contraction runs, their last writes may still have
     * to be upgraded.
     *
     * @return true after a contraction to the newest version
     */
    boolean isContracted() {
        return complete == newest();
    }

    /** {@return the field with the number of the version} */
    public String versionField() {
        return versionField;
    }

    /** {@return the field that names the kept fields} */
    public String keptField() {
        return versionField + "_kept";
    }

    /**
     * Tells that no instance older than a version exists any more. Documents that are written from now on keep nothing for
     * such instances.
     *
     * @param version the version
     */
    public void contractTo(int version) {
        contracted = known(version);
    }

    /**
     * Tells that every document was contracted. What a document has of an instance older than that version is not upgraded from
     * now on, unless it was written as such a version.
     *
     * @param version the version
     */
    public void completeContraction(int version) {
        complete = known(version);
    }

    private int known(int version) {
        return Math.max(oldest(), Math.min(version, newest()));
    }

    /**
     * Turns a stored document into one of the newest version, and returns it. A document of a version that this application does
     * not know stays as it is.
     *
     * @param stored the document as it is stored; it is changed
     * @return the document of the newest version
     */
    public Document read(Document stored) {
        int version = versionOf(stored);
        if (version > newest()) {
            return stored;
        }
        stored.remove(versionField);
        KeptFields kept = KeptFields.read(stored.remove(keptField()));
        int from = instances.changedVersion(stored, kept, version, complete);
        Document document = from < version ? instances.shape(stored, kept, version, from) : stored;
        kept.before(from).removeFrom(document);
        changes.tailMap(from, false).values().forEach(change -> change.upgrade(document));
        kept.removeFrom(document);
        document.put(versionField, newest());
        return document;
    }

    /**
     * Turns a document of the newest version into what is stored.
     *
     * @param document the document, which is changed
     * @throws OperationRefusedException if both versions have a field, with different values
     */
    public void prepare(Document document) {
        KeptFields.read(document.remove(keptField())).removeFrom(document);
        document.remove(versionField);
        KeptFields kept = isExpanded() ? keep(document) : KeptFields.NONE;
        store(document, kept);
    }

    private KeptFields keep(Document document) {
        Document shape = Shapes.copy(document);
        KeptFields.Collector kept = new KeptFields.Collector(document);
        for (int version = newest(); version > contracted; version--) {
            instances.changeTo(version).downgrade(shape);
            requireNoConflict(version, shape, document, kept.add(version - 1, shape));
        }
        return kept.kept();
    }

    private void requireNoConflict(int version, Document shape, Document document, List<FieldPath> different) {
        if (different.isEmpty()) {
            return;
        }
        FieldPath field = different.get(0);
        throw new OperationRefusedException(
                "write a document of version " + newest() + " to",
                collection,
                Reason.VERSION_FIELD_CONFLICT,
                "the versions " + (version - 1) + " and " + version + " both have the field '" + field
                        + "', with different meanings: one has " + field.valueIn(shape) + ", the other "
                        + field.valueIn(document));
    }

    /**
     * Turns a stored document into one that is stored as the newest version. What older instances need has the values that the
     * document already has.
     *
     * @param document the document as it is stored; it is changed
     * @param lowest the oldest version for whose instances anything is kept
     * @return what to store
     * @throws OperationRefusedException if both versions have a field, with different values
     */
    public Document rewritten(Document document, int lowest) {
        int version = versionOf(document);
        if (version > newest()) {
            return document;
        }
        document.remove(versionField);
        KeptFields kept = KeptFields.read(document.remove(keptField()));
        int from = instances.changedVersion(document, kept, version, oldest());
        Document shape = from < version ? instances.shape(document, kept, version, from) : document;
        KeptFields older = kept.before(from);
        Document olderFields = Shapes.copy(shape);
        older.removeFrom(shape);
        NavigableMap<Integer, Document> shapes = new TreeMap<>();
        for (int step = from + 1; step <= newest(); step++) {
            shapes.put(step - 1, Shapes.copy(shape));
            instances.changeTo(step).upgrade(shape);
        }
        kept.removeFrom(shape);
        KeptFields.Collector collector = new KeptFields.Collector(shape);
        shapes.tailMap(lowest, true)
                .descendingMap()
                .forEach((step, olderShape) ->
                        requireNoConflict(step + 1, olderShape, shape, collector.add(step, olderShape)));
        older.levels().tailMap(lowest).forEach((step, level) -> collector.keep(step, level.paths(), olderFields));
        store(shape, collector.kept());
        return shape;
    }

    private void store(Document document, KeptFields kept) {
        document.put(versionField, newest());
        if (!kept.isEmpty()) {
            document.put(keptField(), kept.stored());
        }
    }

    /** Tells whether a stored document has the newest version, and no older instance has written it since. */
    boolean isCurrent(Document stored) {
        int version = versionOf(stored);
        Document document = Shapes.copy(stored);
        document.remove(versionField);
        KeptFields kept = KeptFields.read(document.remove(keptField()));
        return version == newest() && instances.changedVersion(document, kept, version, complete) == version;
    }

    /** Tells whether a stored document has a version that this application does not know. */
    boolean isUnknown(Document stored) {
        return versionOf(stored) > newest();
    }

    /**
     * Returns what to store after an update that has changed only some fields of a document, so that older instances see the
     * change, too.
     *
     * @param before the stored document before the update
     * @param after the stored document after it
     * @return what to store, or null if older instances see no difference
     */
    @Nullable
    Document refreshed(Document before, Document after) {
        Document then = read(Shapes.copy(before));
        Document now = read(Shapes.copy(after));
        prepare(then);
        prepare(now);
        return Objects.equals(then.get(keptField()), now.get(keptField())) ? null : now;
    }

    /** {@return the oldest version for whose instances anything is kept} */
    public int contracted() {
        return contracted;
    }

    /**
     * Returns the operator of an update that gives an inserted document its version.
     *
     * @return the fields for {@code $setOnInsert}
     */
    Document insertedFields() {
        return new Document(versionField, newest());
    }

    DocumentVersionChange changeTo(int version) {
        return instances.changeTo(version);
    }

    private int versionOf(Document stored) {
        return stored.get(versionField) instanceof Number version ? version.intValue() : oldest();
    }
}
