package dev.monarch.engine.version;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.bson.Document;

import dev.monarch.Fact;
import dev.monarch.Reason;
import dev.monarch.version.DocumentVersionChange;

/** Tries the changes of a collection on samples: no field may have different values in two versions. */
final class SampleCheck {

    private final CollectionVersions versions;

    private final Map<String, Fact> problems = new LinkedHashMap<>();

    private SampleCheck(CollectionVersions versions) {
        this.versions = versions;
    }

    /**
     * Tries the changes.
     *
     * @param versions the versions of the collection
     * @param stored some of its documents; they are changed
     * @return the problems, one for each field
     */
    static List<Fact> problems(CollectionVersions versions, List<Document> stored) {
        SampleCheck check = new SampleCheck(versions);
        stored.forEach(check::tryStored);
        for (int version = versions.oldest() + 1; version <= versions.newest(); version++) {
            check.tryGenerated(version);
        }
        return List.copyOf(check.problems.values());
    }

    private void tryStored(Document stored) {
        Object id = stored.get("_id");
        try {
            if (stored.containsKey(versions.versionField())) {
                versions.prepare(versions.read(stored));
                return;
            }
            Document document = stored;
            for (int version = versions.oldest() + 1; version <= versions.newest(); version++) {
                Document upgraded = after(document, versions.changeTo(version)::upgrade);
                compare(version, document, upgraded, " in the document with _id " + id);
                Document back = after(upgraded, versions.changeTo(version)::downgrade);
                compare(version, back, upgraded, " in the document with _id " + id);
                document = upgraded;
            }
        } catch (RuntimeException e) {
            problems.putIfAbsent(
                    "failure",
                    new Fact(
                            Reason.INVALID_DOCUMENT_VERSION,
                            "the document with _id " + id + " in '" + versions.collection()
                                    + "' cannot be changed between its versions: " + e));
        }
    }

    private void tryGenerated(int version) {
        DocumentVersionChange change = versions.changeTo(version);
        for (Object value : FieldProbe.VALUES) {
            try {
                Document older = asked(change::upgrade, value);
                compare(version, older, after(older, change::upgrade), "");
            } catch (RuntimeException e) {
                // The change does not expect this type. Another one of the values may be what it expects.
            }
            try {
                Document newer = asked(change::downgrade, value);
                compare(version, after(newer, change::downgrade), newer, "");
            } catch (RuntimeException e) {
                // As above.
            }
        }
    }

    private static Document asked(Consumer<Document> change, Object value) {
        FieldProbe probe = new FieldProbe(value);
        change.accept(probe);
        return probe.given();
    }

    private static Document after(Document document, Consumer<Document> change) {
        Document changed = Shapes.copy(document);
        change.accept(changed);
        return changed;
    }

    private void compare(int version, Document older, Document newer, String where) {
        for (FieldPath field : new ArrayList<>(Shapes.different(older, newer))) {
            problems.putIfAbsent(
                    version + " " + field,
                    new Fact(
                            Reason.VERSION_FIELD_CONFLICT,
                            "the versions " + (version - 1) + " and " + version + " of '" + versions.collection()
                                    + "' both have the field '" + field + "', with different meanings: "
                                    + field.valueIn(older) + " and " + field.valueIn(newer) + where));
        }
    }
}
