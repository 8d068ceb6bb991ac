package dev.monarch.staging;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;

import dev.monarch.OperationRefusedException;
import dev.monarch.environment.Deployment;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.transfer.Catalogue;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionType;

/** Finds out before the first byte what would stop a replacement, and tells all of it at once. */
final class Preflight {

    private static final int LONGEST_NAMESPACE = 255;

    private static final int LONGEST_SHARDED_NAMESPACE = 235;

    private final MonarchEnvironment target;

    private final StagingRequest request;

    private final boolean sharded;

    Preflight(MonarchEnvironment target, StagingRequest request) {
        this.target = target;
        this.request = request;
        this.sharded = Deployment.of(target.client()).topology().startsWith("sharded");
    }

    /**
     * Checks everything.
     *
     * @param expectedBytes how many bytes are going to come; -1 if nobody knows
     * @throws OperationRefusedException if anything stands in the way
     */
    void check(Catalogue coming, List<TargetCatalogue.Standing> replaced, long expectedBytes) {
        List<String> problems = new ArrayList<>();
        names(coming, problems);
        timeSeries(coming, replaced, problems);
        shards(replaced, problems);
        problems.addAll(new TargetPrivileges(target).missingToReplace(coming));
        disk(expectedBytes, problems);
        if (!problems.isEmpty()) {
            throw new OperationRefusedException(
                    request.operation(), target.name(), String.join("; ", problems), "Nothing has been changed.");
        }
    }

    private void names(Catalogue coming, List<String> problems) {
        int longest = sharded ? LONGEST_SHARDED_NAMESPACE : LONGEST_NAMESPACE;
        for (CollectionDescription collection : coming.collections()) {
            String namespace = target.address().database() + "." + collection.documentsIn();
            int length = namespace.getBytes(StandardCharsets.UTF_8).length;
            if (length > longest) {
                problems.add("the name '" + namespace + "' has " + length + " bytes, and the server allows " + longest);
            }
        }
    }

    private void timeSeries(Catalogue coming, List<TargetCatalogue.Standing> replaced, List<String> problems) {
        for (TargetCatalogue.Standing standing : replaced) {
            boolean comes = coming.collection(standing.name()).isPresent();
            if (comes
                    && standing.type() == CollectionType.TIME_SERIES
                    && !request.replacement().replaceTimeSeries()) {
                problems.add(
                        "the time series '" + standing.name()
                                + "' is there, which a server replaces by nothing at once; --replace-time-series drops it first");
            }
        }
    }

    private void shards(List<TargetCatalogue.Standing> replaced, List<String> problems) {
        if (!sharded || request.replacement().inPlace()) {
            return;
        }
        MongoDatabase database = target.database();
        for (TargetCatalogue.Standing standing : replaced) {
            if (standing.type() == CollectionType.COLLECTION
                    && database.runCommand(
                                    new BsonDocument("collStats", new BsonString(standing.name())), BsonDocument.class)
                            .getBoolean("sharded", BsonBoolean.FALSE)
                            .getValue()) {
                problems.add("'" + standing.name()
                        + "' is sharded, which a rename over it would undo; --in-place loads into it instead");
            }
        }
    }

    private void disk(long expectedBytes, List<String> problems) {
        if (expectedBytes < 0 || request.replacement().inPlace()) {
            return;
        }
        BsonDocument statistics =
                target.database().runCommand(new BsonDocument("dbStats", new BsonInt32(1)), BsonDocument.class);
        long total = statistics.getNumber("fsTotalSize", new BsonInt64(0)).longValue();
        long used = statistics.getNumber("fsUsedSize", new BsonInt64(0)).longValue();
        // What comes, a fifth for indexes and overhead, and a tenth of all that to spare.
        long needed = expectedBytes / 100 * 132;
        if (total > 0 && total - used < needed) {
            problems.add("it needs " + needed / 1_000_000 + " MB beside what is there, and the server's disk has "
                    + (total - used) / 1_000_000 + " MB left; make room, or use --in-place, which is unsafe");
        }
    }
}
