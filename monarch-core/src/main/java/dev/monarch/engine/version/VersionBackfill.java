package dev.monarch.engine.version;

import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

import dev.monarch.backfill.BackfillSet.RegisteredBackfill;
import dev.monarch.backfill.DocumentBackfill;

/** Rewrites the documents of older versions, or those that keep what only older instances need. */
public final class VersionBackfill implements DocumentBackfill {

    private final CollectionVersions versions;

    private final int version;

    private final boolean contracts;

    private VersionBackfill(CollectionVersions versions, int version, boolean contracts) {
        this.versions = versions;
        this.version = version;
        this.contracts = contracts;
    }

    /** {@return the id of the backfill that gives documents the newest version} */
    public static String id(CollectionVersions versions) {
        return "version-" + versions.collection() + "-" + versions.newest();
    }

    /** {@return the backfill that gives documents the newest version} */
    public static RegisteredBackfill of(CollectionVersions versions) {
        return new RegisteredBackfill(id(versions), new VersionBackfill(versions, versions.newest(), false));
    }

    /** {@return the backfill that removes what only instances before a version need} */
    public static RegisteredBackfill contracting(CollectionVersions versions, int version) {
        return new RegisteredBackfill(
                "contract-" + versions.collection() + "-" + version, new VersionBackfill(versions, version, true));
    }

    /** A field that an old instance has added to a document of a newer version is not found by a filter. */
    @Override
    public BackfillSource source() {
        return contracts
                ? BackfillSource.of(versions.collection())
                : BackfillSource.of(versions.collection(), older(versions, version, false));
    }

    /**
     * Returns the documents that are known to be of an older version.
     *
     * @param versions the versions of the collection
     * @param version the version that others have at least
     * @param contracted whether others keep nothing for instances of older versions
     * @return a filter
     */
    static Bson older(CollectionVersions versions, int version, boolean contracted) {
        List<Bson> filters = new ArrayList<>();
        filters.add(Filters.not(Filters.gte(versions.versionField(), version)));
        for (int level = versions.oldest(); contracted && level < version; level++) {
            filters.add(Filters.exists(versions.keptField() + "." + level));
        }
        return filters.size() == 1 ? filters.get(0) : Filters.or(filters);
    }

    @Override
    public Change change(RawBsonDocument document) {
        Document stored = Shapes.decoded(document);
        Document rewritten = versions.rewritten(Shapes.copy(stored), contracts ? version : versions.contracted());
        return rewritten.equals(stored) ? Change.leave() : Change.replace(rewritten);
    }
}
