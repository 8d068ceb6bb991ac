package dev.monarch.engine.version;

import java.util.NavigableMap;
import java.util.Objects;

import org.bson.Document;

import dev.monarch.version.DocumentVersionChange;

/** Recognizes what instances of older versions have written, by the fields that only they have. */
final class OlderInstances {

    private final NavigableMap<Integer, DocumentVersionChange> changes;

    OlderInstances(NavigableMap<Integer, DocumentVersionChange> changes) {
        this.changes = changes;
    }

    DocumentVersionChange changeTo(int version) {
        return Objects.requireNonNull(changes.get(version), "The versions have no gaps");
    }

    /** Returns the oldest version whose instances have changed a document since it was written, or the document's own. */
    int changedVersion(Document stored, KeptFields kept, int version, int oldest) {
        int changed = kept.oldestChange(stored, version);
        for (int older = oldest; older < changed; older++) {
            if (hasAddedFields(stored, kept, version, older)) {
                return older;
            }
        }
        return changed;
    }

    /** Tells whether a document has a field that an upgrade removes, and that was not there when it was written. */
    private boolean hasAddedFields(Document stored, KeptFields kept, int version, int older) {
        Document shape = shape(stored, kept, version, older);
        Document upgraded = Shapes.copy(shape);
        changeTo(older + 1).upgrade(upgraded);
        return !Shapes.missing(shape, upgraded).stream().allMatch(kept::cover);
    }

    /** Returns a document as an instance of an older version sees it: without the fields that a downgrade removes. */
    Document shape(Document stored, KeptFields kept, int version, int older) {
        Document written = Shapes.copy(stored);
        kept.removeFrom(written);
        Document downgraded = Shapes.copy(written);
        for (int step = version; step > older; step--) {
            changeTo(step).downgrade(downgraded);
        }
        Document shape = Shapes.copy(stored);
        Shapes.missing(written, downgraded).forEach(path -> path.removeFrom(shape));
        return shape;
    }
}
