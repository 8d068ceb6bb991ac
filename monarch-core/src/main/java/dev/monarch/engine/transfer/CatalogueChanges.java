package dev.monarch.engine.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.monarch.transfer.CollectionDescription;

/** Describes how the collections of a database changed between two listings. */
final class CatalogueChanges {

    private static final String CREATED = "was created";

    private CatalogueChanges() {}

    static List<String> between(Catalogue before, Catalogue after) {
        List<String> changes = new ArrayList<>();
        byName(before, after)
                .forEach((name, change) -> changes.add("'" + name + "' " + change + " during the read"
                        + (change.equals(CREATED) ? " and is not included." : ".")));
        return changes;
    }

    /** {@return what happened to each changed collection, as a verb phrase} */
    static Map<String, String> byName(Catalogue before, Catalogue after) {
        Map<String, String> changes = new LinkedHashMap<>();
        for (CollectionDescription old : before.collections()) {
            String change = change(old, after.collection(old.name()).orElse(null));
            if (change != null) {
                changes.put(old.name(), change);
            }
        }
        for (CollectionDescription now : after.collections()) {
            if (!before.contains(now.name())) {
                changes.put(now.name(), CREATED);
            }
        }
        return changes;
    }

    private static @Nullable String change(CollectionDescription old, @Nullable CollectionDescription now) {
        if (now == null) {
            return "was dropped";
        }
        if (old.uuid() != null && !old.uuid().equals(now.uuid())) {
            return "was replaced by another collection";
        }
        return old.options().equals(now.options()) ? null : "changed its options";
    }
}
