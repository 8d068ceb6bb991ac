package dev.monarch.engine.archive;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.Reason;
import dev.monarch.engine.transfer.CollectionOwner;
import dev.monarch.transfer.Omission;

/** The databases that an archive holds, and what of them is a user's. */
record ArchivedDatabases(List<ArchivedCollection> collections) {

    private static final String ADMIN = "admin";

    private static final Omission OPLOG = new Omission(
            "The oplog",
            "Monarch does not replay it, as mongorestore can, so the data may hold only a part of what was written during"
                    + " the dump");

    /** Returns the databases that hold anything of a user's; {@code admin} only if there is no other. */
    List<String> ofUsers() {
        List<String> all = collections.stream()
                .filter(collection -> CollectionOwner.of(collection.namespace()) == CollectionOwner.USER)
                .map(collection -> collection.namespace().database())
                .filter(database -> !database.isEmpty())
                .distinct()
                .toList();
        List<String> ordinary = all.stream().filter(name -> !name.equals(ADMIN)).toList();
        return ordinary.isEmpty() ? all : ordinary;
    }

    /**
     * Chooses one.
     *
     * @param wanted its name; null for the only one
     * @return the database; empty if there is none
     * @throws dev.monarch.OperationRefusedException if there are several and none was named, or none of that name
     */
    String choose(@Nullable String wanted) {
        List<String> databases = ofUsers();
        if (wanted != null && !databases.contains(wanted)) {
            throw Refusal.toRead(
                    Reason.DATABASE_NOT_IN_ARCHIVE,
                    databases.isEmpty()
                            ? "it holds no database of a user's, and so no '" + wanted + "'"
                            : "it holds no database '" + wanted + "' but " + String.join(", ", databases));
        }
        if (wanted == null && databases.size() > 1) {
            throw Refusal.toRead(
                    Reason.SEVERAL_DATABASES_IN_ARCHIVE,
                    "it holds the databases " + String.join(", ", databases) + ", and an environment is one");
        }
        return wanted != null ? wanted : databases.isEmpty() ? only() : databases.get(0);
    }

    /** An archive of nothing but the server's own is one of an empty database. */
    private String only() {
        List<String> all = collections.stream()
                .map(collection -> collection.namespace().database())
                .filter(database -> !database.isEmpty() && !CollectionOwner.isServerDatabase(database))
                .distinct()
                .toList();
        return all.size() == 1 ? all.get(0) : "";
    }

    /**
     * Names what is left out of some databases.
     *
     * @param databases the databases that are wanted
     */
    List<Omission> omissionsIn(List<String> databases) {
        return collections.stream()
                .map(ArchivedCollection::namespace)
                .filter(namespace -> databases.contains(namespace.database()))
                .filter(namespace -> CollectionOwner.of(namespace) != CollectionOwner.USER)
                .map(namespace -> CollectionOwner.of(namespace).omission(namespace.collection()))
                .toList();
    }

    /**
     * Names what is left out besides some databases: the oplog, and other databases.
     *
     * @param databases the databases that are wanted
     */
    List<Omission> omissionsBeside(List<String> databases) {
        return collections.stream()
                .map(collection -> collection.namespace().database())
                .filter(database -> !databases.contains(database))
                .distinct()
                // The oplog is of no database.
                .sorted(Comparator.comparing(database -> !database.isEmpty()))
                .map(database ->
                        database.isEmpty() ? OPLOG : new Omission("Database '" + database + "'", reason(database)))
                .toList();
    }

    private String reason(String database) {
        return ofUsers().contains(database) ? "another one was chosen" : CollectionOwner.SERVER.reason();
    }
}
