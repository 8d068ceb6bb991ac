package dev.monarch.transfer;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** What happened to the collections of a database between two looks at its list of collections, in words. */
final class CatalogueChanges {

    private CatalogueChanges() {}

    static List<String> between(Catalogue before, Catalogue after) {
        List<String> changes = new ArrayList<>();
        for (CollectionDescription old : before.collections()) {
            String change = change(old, after.collection(old.name()).orElse(null));
            if (change != null) {
                changes.add("'" + old.name() + "' " + change + " meanwhile.");
            }
        }
        for (CollectionDescription now : after.collections()) {
            if (before.collection(now.name()).isEmpty()) {
                changes.add("'" + now.name() + "' was created meanwhile and is not held.");
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
        return old.options().equals(now.options()) ? null : "got other options";
    }
}
