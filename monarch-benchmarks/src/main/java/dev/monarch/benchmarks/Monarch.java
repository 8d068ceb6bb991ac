package dev.monarch.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import dev.monarch.archive.Compression;
import dev.monarch.backup.BackupRequest;
import dev.monarch.backup.BackupService;
import dev.monarch.backup.BackupSource;
import dev.monarch.backup.BackupStores;
import dev.monarch.backup.LocalBackupStore;
import dev.monarch.backup.RestoreRequest;
import dev.monarch.backup.RestoreService;
import dev.monarch.copy.CopyRequest;
import dev.monarch.copy.CopyService;
import dev.monarch.environment.Approval;
import dev.monarch.environment.EnvironmentRegistry;
import dev.monarch.environment.Guard;
import dev.monarch.environment.Guard.Protection;
import dev.monarch.environment.LockSettings;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.queryset.QuerySets;
import dev.monarch.transfer.Pace;

/**
 * Monarch through its public API. As a separate process it takes the arguments {@code OPERATION URI DATABASE FOLDER
 * WHAT}, with {@code backup}, {@code restore} or {@code copy} as the operation. A copy goes to the server with the
 * connection string {@code WHAT}; otherwise {@code WHAT@PACE} sets a pace. With {@value #REPEATED} after them, it works once for each line of its input.
 */
final class Monarch {

    static final String REPEATED = "repeated";

    /** Precedes the pace. */
    static final String PACE = "@";

    private static final String HISTORY = "monarch.history";

    private static final String TARGET = "target";

    private final String database;

    private final EnvironmentRegistry environments;

    private final BackupService backups;

    private final RestoreService restores;

    /** The last progress event. Nothing reads it. */
    private volatile String told = "";

    Monarch(MongoClient client, String database, Path folder) {
        this(client, database, folder, Pace.FULL);
    }

    private Monarch(MongoClient client, String database, Path folder, Pace pace) {
        MonarchEnvironment environment = MonarchEnvironment.using("benchmark", Protection.OFF, client, database);
        this.database = database;
        this.environments = new EnvironmentRegistry(() -> environment, List.of());
        BackupStores stores = new BackupStores(List.of(new LocalBackupStore(folder)), null);
        this.backups = new BackupService(
                environments, stores, new QuerySets(List.of(), null, null), HISTORY, Clock.systemUTC(), pace);
        this.restores =
                new RestoreService(environments, stores, new Guard(true), LockSettings.DEFAULT, HISTORY).paced(pace);
    }

    /** Takes a backup. */
    long backup(Compression compression) {
        return take(BackupRequest.of("benchmark").compressed(compression));
    }

    /** Takes a backup, with a listener for progress events. */
    long backupWithProgress(Compression compression) {
        return take(BackupRequest.of("benchmark")
                .compressed(compression)
                .reportingTo(progress -> told = String.valueOf(progress)));
    }

    private long take(BackupRequest request) {
        return backups.backup(request).manifest().archive().length();
    }

    String keep(Compression compression) {
        return backups.backup(BackupRequest.of("benchmark").compressed(compression))
                .name();
    }

    long restore(String name) {
        restores.restore(
                RestoreRequest.of(BackupSource.stored(name), "benchmark").acceptingLostWrites(), Approval.confirmed());
        return 0;
    }

    /** Copies the database into the database of the same name on another server. */
    private long copy(String uri) {
        try (MongoClient client = MongoClients.create(uri)) {
            MonarchEnvironment target = MonarchEnvironment.using(TARGET, Protection.OFF, client, database);
            new CopyService(
                            new EnvironmentRegistry(environments::own, List.of(target)),
                            new QuerySets(List.of(), null, null),
                            new Guard(false),
                            LockSettings.DEFAULT,
                            HISTORY)
                    .copy(CopyRequest.of("benchmark", TARGET), Approval.confirmed());
        }
        return 0;
    }

    /**
     * Does one operation, once or for each line of the input.
     *
     * @param arguments the operation and where to find its data
     * @throws IOException if the input cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        try (MongoClient client = MongoClients.create(arguments[1])) {
            String[] what = arguments[0].equals("copy") ? new String[] {arguments[4]} : arguments[4].split(PACE, 2);
            Pace pace = what.length == 1 ? Pace.FULL : Pace.of(what[1]);
            Monarch monarch = new Monarch(client, arguments[2], Path.of(arguments[3]), pace);
            if (arguments.length == 5) {
                monarch.run(arguments[0], what[0]);
                PeakMemory.print();
                return;
            }
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (orders.readLine() != null) {
                System.out.println(ForkedMonarch.DONE + monarch.run(arguments[0], what[0]));
            }
        }
    }

    private long run(String verb, String what) {
        return switch (verb) {
            case "backup" -> backup(Compression.valueOf(what));
            case "restore" -> restore(what);
            case "copy" -> copy(what);
            default -> throw new IllegalArgumentException("'" + verb + "' is not backup, restore or copy");
        };
    }
}
