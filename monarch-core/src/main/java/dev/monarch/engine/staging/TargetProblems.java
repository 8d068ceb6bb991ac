package dev.monarch.engine.staging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;

import dev.monarch.Fact;
import dev.monarch.Reason;
import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;

/** Finds what in the target prevents a replacement, before anything is loaded. For one plan. */
final class TargetProblems {

    private static final int MAX_NAMESPACE_BYTES = 255;

    private static final int MAX_SHARDED_NAMESPACE_BYTES = 235;

    private final MonarchEnvironment target;

    private final StagingRequest.Replacement replacement;

    private final ReplacementScope scope;

    private final TargetServer server;

    private final TargetShards shards;

    private final List<Fact> problems = new ArrayList<>();

    private final List<Fact> warnings = new ArrayList<>();

    TargetProblems(TargetServer server, ReplacementScope scope, TargetShards shards) {
        this.server = server;
        this.target = server.target();
        this.replacement = scope.replacement();
        this.scope = scope;
        this.shards = shards;
    }

    /**
     * Finds all problems.
     *
     * @param expectedBytes the expected number of bytes; -1 if unknown
     */
    TargetProblems find(long expectedBytes) {
        names();
        views();
        timeSeries();
        problems.addAll(shards.problems());
        shards.warnings().forEach(warning -> warnings.add(Fact.note(warning)));
        problems.addAll(server.privileges().missingToReplace(scope));
        disk(expectedBytes);
        openFiles();
        return this;
    }

    /** {@return what prevents the replacement, as clauses} */
    List<Fact> problems() {
        return problems;
    }

    /** {@return what could not be checked, as sentences} */
    List<Fact> warnings() {
        return warnings;
    }

    private void names() {
        int longest = shards.cluster() ? MAX_SHARDED_NAMESPACE_BYTES : MAX_NAMESPACE_BYTES;
        for (CollectionDescription collection : scope.incoming().collections()) {
            String namespace = target.address().database() + "." + collection.documentsIn();
            int length = namespace.getBytes(StandardCharsets.UTF_8).length;
            if (length > longest) {
                problems.add(new Fact(
                        Reason.COLLECTION_NAME_NOT_ALLOWED,
                        "the name '" + namespace + "' has " + length + " bytes, but the server allows only "
                                + longest));
            }
            String problem = CollectionName.problem(collection.name());
            if (problem != null) {
                problems.add(
                        new Fact(Reason.COLLECTION_NAME_NOT_ALLOWED, problem + ", which the server does not allow"));
            }
        }
    }

    private void views() {
        ViewGraph.problems(scope.incoming(), scope.keptViews())
                .forEach(problem -> problems.add(new Fact(Reason.VIEW_NOT_POSSIBLE, problem)));
    }

    private void timeSeries() {
        for (TargetCatalogue.Existing existing : scope.affected()) {
            if (existing.type() == CollectionType.TIME_SERIES
                    && scope.incoming().contains(existing.name())
                    && !replacement.replaceTimeSeries()) {
                problems.add(new Fact(
                        Reason.TIME_SERIES_IN_TARGET,
                        "the time series '" + existing.name() + "' exists, and MongoDB cannot replace it atomically"));
            }
        }
    }

    private void disk(long expectedBytes) {
        if (replacement.inPlace()) {
            return;
        }
        BsonDocument statistics =
                target.ownDatabase().runCommand(new BsonDocument("dbStats", new BsonInt32(1)), BsonDocument.class);
        long total = statistics.getNumber("fsTotalSize", new BsonInt64(0)).longValue();
        long used = statistics.getNumber("fsUsedSize", new BsonInt64(0)).longValue();
        if (expectedBytes < 0 || total <= 0) {
            warnings.add(Fact.note(
                    expectedBytes < 0
                            ? "The size of the data is unknown, so the disk space of the server was not checked."
                            : "The server does not report its disk space, so it was not checked."));
            return;
        }
        // The data, a fifth for indexes and overhead, and a tenth of the sum as reserve.
        long needed = expectedBytes / 100 * 132;
        if (total - used < needed) {
            problems.add(new Fact(
                    Reason.DISK_SPACE,
                    "it needs " + needed / 1_000_000
                            + " MB in addition to the existing data, but the server's disk has only "
                            + (total - used) / 1_000_000 + " MB left"));
        }
    }

    private void openFiles() {
        OpenFiles files = OpenFiles.of(target, replacement.inPlace() ? new Catalogue("", List.of()) : scope.incoming());
        switch (files.verdict()) {
            case ENOUGH -> {}
            case REFUSE -> problems.add(new Fact(Reason.OPEN_FILES, files.describe()));
            case WARN, UNKNOWN -> warnings.add(Fact.note(files.describe()));
        }
    }
}
