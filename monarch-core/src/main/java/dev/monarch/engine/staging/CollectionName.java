package dev.monarch.engine.staging;

import org.jspecify.annotations.Nullable;

/** Checks the name of a collection by the rules of the server ({@code NamespaceString::validCollectionName}). */
final class CollectionName {

    private CollectionName() {}

    /** Returns what is wrong with a name, as a clause, or null if it is valid. */
    static @Nullable String problem(String name) {
        if (name.isEmpty()) {
            return "a collection has an empty name";
        }
        if (name.startsWith(".")) {
            return "the name '" + name + "' begins with a dot";
        }
        if (name.indexOf('$') >= 0) {
            return "the name '" + name + "' has a dollar sign in it";
        }
        return name.indexOf('\0') >= 0
                ? "the name '" + name.replace("\0", "\\0") + "' has a null character in it"
                : null;
    }
}
