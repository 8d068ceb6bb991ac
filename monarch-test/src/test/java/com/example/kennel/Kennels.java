package com.example.kennel;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import org.bson.Document;

import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySets;
import dev.monarch.test.TestMongo;

/** The data of a kennel, its backup, and the properties of an application that uses both. */
final class Kennels {

    static final String BACKUP = "kennel__2026_11_20T103005Z";

    private Kennels() {}

    static void fill(TestMongo mongo) {
        mongo.database()
                .getCollection("dogs")
                .insertMany(List.of(
                        Document.parse("{_id: 1, weight: 5000, owner: 'ann@kennel.test'}"),
                        Document.parse("{_id: 2, weight: 6000, owner: 'bob@kennel.test'}"),
                        Document.parse("{_id: 3, weight: 50000, owner: 'cid@kennel.test'}")));
    }

    /** Makes a backup in a folder. */
    static void backUp(TestMongo mongo, Path folder) {
        fill(mongo);
        MonarchEnvironment kennel =
                MonarchEnvironment.using("kennel", Protection.OFF, mongo.client(), mongo.databaseName());
        new BackupService(
                        new EnvironmentRegistry(() -> kennel, List.of()),
                        new BackupStores(List.of(new LocalBackupStore(folder)), null),
                        new QuerySets(List.of(), null, null),
                        "monarch.history",
                        Clock.fixed(Instant.parse("2026-11-20T10:30:05Z"), ZoneOffset.UTC))
                .backup(BackupRequest.of("kennel"));
    }

    static Map<String, String> properties(TestMongo mongo, Path folder) {
        return Map.of(
                "spring.mongodb.uri",
                mongo.uri(),
                "monarch.environments.staging.uri",
                mongo.uri(),
                "monarch.backups.local.directory",
                folder.toString());
    }
}
