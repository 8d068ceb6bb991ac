package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;

import dev.monarch.replacement.ReplacementPlan.UnshardedCollection;

/** The commands for mongosh that shard collections after a load, because Monarch does not shard. */
final class ShardCommands {

    private ShardCommands() {}

    /** Lists the commands; nothing if nothing was sharded. */
    static List<String> lines(List<UnshardedCollection> unsharded) {
        if (unsharded.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("  To shard them afterwards, in mongosh (before MongoDB 6.0 first sh.enableSharding("
                + quoted(unsharded.get(0).database()) + ")):");
        unsharded.forEach(collection -> lines.add("    " + command(collection)));
        return lines;
    }

    /** Lists the same in JSON. */
    static List<Document> documents(List<UnshardedCollection> unsharded) {
        return unsharded.stream()
                .map(collection -> new Document("collection", collection.collection())
                        .append("key", collection.shardKey().key())
                        .append("unique", collection.shardKey().unique())
                        .append("command", command(collection)))
                .toList();
    }

    /**
     * A collection with a collation must be sharded with the simple collation, explicitly (MongoDB manual,
     * "shardCollection").
     */
    private static String command(UnshardedCollection collection) {
        boolean unique = collection.shardKey().unique();
        return "sh.shardCollection("
                + quoted(collection.database() + "." + collection.collection()) + ", "
                + collection.shardKey().key().toJson()
                + (unique || collection.collated() ? ", " + unique : "")
                + (collection.collated() ? ", {\"collation\": {\"locale\": \"simple\"}}" : "") + ")";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
