package dev.monarch.engine.archive;

import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.monarch.Reason;
import dev.monarch.engine.UnicodeForm;
import dev.monarch.engine.transfer.CollectionOwner;
import dev.monarch.transfer.Omission;

/** The databases in an archive, and which of their collections are user collections. */
record ArchivedDatabases(List<ArchivedCollection> collections) {

    private static final String ADMIN = "admin";

    private static final Omission OPLOG = new Omission(
            "The oplog",
            "Monarch does not replay it, as mongorestore can, so the data may contain only a part of the writes during"
                    + " the dump");

    /** {@return the databases with user collections; {@code admin} only if there is no other} */
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
     * Selects a database.
     *
     * @param requested its name; null for the only one
     * @return the name of the database; empty if there is none
     * @throws dev.monarch.OperationRefusedException if there are several and no name is given, or there is none of
     *     that name
     */
    String choose(@Nullable String requested) {
        List<String> databases = ofUsers();
        if (requested != null) {
            return databases.contains(requested) ? requested : inAnyForm(requested, databases);
        }
        if (databases.size() > 1) {
            throw UnsupportedArchive.toRead(
                    Reason.SEVERAL_DATABASES_IN_ARCHIVE,
                    "it contains several databases (" + String.join(", ", databases)
                            + "), and an environment is one database");
        }
        return databases.isEmpty() ? only() : databases.get(0);
    }

    /** The directory of a database may have another Unicode form than its name. */
    private static String inAnyForm(String requested, List<String> databases) {
        List<String> same = databases.stream()
                .filter(database -> UnicodeForm.isSame(database, requested))
                .toList();
        if (same.size() == 1) {
            return same.get(0);
        }
        throw UnsupportedArchive.toRead(
                Reason.DATABASE_NOT_IN_ARCHIVE,
                databases.isEmpty()
                        ? "it contains no user database, so there is no '" + requested + "'"
                        : "it does not contain the database '" + requested + "', only " + String.join(", ", databases)
                                + (same.isEmpty() ? "" : ", of which " + same.size() + " look like it"));
    }

    /** An archive that contains only the server's own collections is a dump of an empty database. */
    private String only() {
        List<String> all = collections.stream()
                .map(collection -> collection.namespace().database())
                .filter(database -> !database.isEmpty() && !CollectionOwner.isServerDatabase(database))
                .distinct()
                .toList();
        return all.size() == 1 ? all.get(0) : "";
    }

    /**
     * Lists the collections of some databases that are left out.
     *
     * @param databases the databases that are read
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
     * Lists the omitted objects outside some databases: the oplog and other databases.
     *
     * @param databases the databases that are read
     */
    List<Omission> omissionsOutside(List<String> databases) {
        return collections.stream()
                .map(collection -> collection.namespace().database())
                .filter(database -> !databases.contains(database))
                .distinct()
                // The oplog belongs to no database; it comes first.
                .sorted(Comparator.comparing(database -> !database.isEmpty()))
                .map(database ->
                        database.isEmpty() ? OPLOG : new Omission("Database '" + database + "'", reason(database)))
                .toList();
    }

    private String reason(String database) {
        return ofUsers().contains(database) ? "a different database was selected" : CollectionOwner.SERVER.reason();
    }
}
