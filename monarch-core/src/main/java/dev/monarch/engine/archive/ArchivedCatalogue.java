package dev.monarch.engine.archive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.monarch.DamagedArchiveException;
import dev.monarch.Reason;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.CollectionOwner;
import dev.monarch.engine.transfer.Namespace;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionSelection;
import dev.monarch.transfer.Omission;

/**
 * The collections of an archive that can be transferred: those of users, in the selected databases.
 *
 * @param catalogue their descriptions, and the omitted objects
 * @param byNamespace the same descriptions by the namespaces of the archive; a time series has two, since its
 *     blocks have that of its buckets
 */
record ArchivedCatalogue(Catalogue catalogue, Map<Namespace, CollectionDescription> byNamespace) {

    /** The buckets of a time series, which cannot be restored without its description. */
    private static final String BUCKETS = "system.buckets.";

    static ArchivedCatalogue of(
            DumpReader reader,
            String name,
            List<String> databases,
            List<Omission> omissions,
            Function<ArchivedCollection, CollectionDescription> describe) {
        List<CollectionDescription> collections = new ArrayList<>();
        Map<Namespace, CollectionDescription> byNamespace = new HashMap<>();
        for (ArchivedCollection archived : reader.collections()) {
            Namespace namespace = archived.namespace();
            if (!databases.contains(namespace.database())
                    || namespace.database().isEmpty()) {
                continue;
            }
            if (CollectionOwner.of(namespace) == CollectionOwner.USER) {
                CollectionDescription description = describe.apply(archived);
                collections.add(description);
                byNamespace.put(namespace, description);
                byNamespace.put(archived.blocks(), description);
            } else if (namespace.collection().startsWith(BUCKETS)) {
                throw UnsupportedArchive.toRead(
                        Reason.TIME_SERIES_WITHOUT_DESCRIPTION,
                        "'" + namespace + "' contains the buckets of a time series without its description");
            }
        }
        return new ArchivedCatalogue(new Catalogue(name, collections, omissions), byNamespace);
    }

    /** Describes collections of several databases by their full names. */
    static ArchivedCatalogue withFullNames(DumpReader reader, List<String> databases, List<Omission> omissions) {
        return of(reader, "", databases, omissions, archived -> {
            CollectionDescription described = description(archived);
            return new CollectionDescription(
                    archived.namespace().toString(),
                    described.type(),
                    described.options(),
                    described.indexes(),
                    described.uuid());
        });
    }

    static CollectionDescription description(ArchivedCollection archived) {
        try {
            return CollectionMetadata.read(archived);
        } catch (RuntimeException | StackOverflowError e) {
            throw new DamagedArchiveException(
                    archived.namespace().toString(), 0, "its options and indexes cannot be read", e);
        }
    }

    /** Returns the descriptions of selected collections by the namespaces of the archive. */
    Map<Namespace, CollectionDescription> selectedBy(CollectionSelection selection) {
        Map<Namespace, CollectionDescription> selected = new HashMap<>(byNamespace);
        selected.values().removeIf(description -> !selection.selects(description.name()));
        return selected;
    }
}
