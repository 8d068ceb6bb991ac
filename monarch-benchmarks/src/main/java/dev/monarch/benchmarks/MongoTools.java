package dev.monarch.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** mongodump and mongorestore from the path. */
final class MongoTools {

    /** The fastest options of mongorestore. It still waits for one member of a replica set. */
    static final String[] BEST_FLAGS = {
        "--numInsertionWorkersPerCollection=4",
        "--numParallelCollections=4",
        "--writeConcern={w:1}",
        "--bypassDocumentValidation"
    };

    private final String mongodump;

    private final String mongorestore;

    private final String uri;

    private final Path folder;

    private MongoTools(String mongodump, String mongorestore, String uri, Path folder) {
        this.mongodump = mongodump;
        this.mongorestore = mongorestore;
        this.uri = uri;
        this.folder = folder;
    }

    /**
     * Finds both on the path.
     *
     * @param uri the server
     * @param folder the archive's folder
     * @return both; empty if one of them is missing
     */
    static Optional<MongoTools> find(String uri, Path folder) {
        return BenchmarkServer.program("mongodump")
                .flatMap(dump -> BenchmarkServer.program("mongorestore")
                        .map(restore -> new MongoTools(dump, restore, uri, folder)));
    }

    /** Dumps a database into the archive; returns the archive's length. */
    long dump(String database, String... more) throws IOException, InterruptedException {
        run(List.of(mongodump, "--uri=" + uri, "--db=" + database, "--archive=" + archive()), more);
        return Files.size(archive());
    }

    /** Restores the archive of one database into another. */
    long restore(String database, String target, String... more) throws IOException, InterruptedException {
        List<String> command = List.of(
                mongorestore,
                "--uri=" + uri,
                "--archive=" + archive(),
                "--drop",
                "--nsFrom=" + database + ".*",
                "--nsTo=" + target + ".*");
        run(command, more);
        return 0;
    }

    /** Pipes the dump of one database into the restore of another. */
    long pipe(String database, String target) throws IOException, InterruptedException {
        String command = "'" + mongodump + "' --uri='" + uri + "' --db=" + database + " --archive | '" + mongorestore
                + "' --uri='" + uri + "' --archive --drop --nsFrom='" + database + ".*' --nsTo='" + target + ".*'";
        run(List.of("bash", "-o", "pipefail", "-c", command));
        return 0;
    }

    private Path archive() {
        return folder.resolve("tool.archive");
    }

    private void run(List<String> command, String... more) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(more));
        WholeProcess.run(all, folder.resolve("tool.log"));
    }
}
