package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;

import dev.monarch.replacement.ReplacementPlan.UnshardedCollection;

/** How collections that Monarch does not shard are sharded afterwards, in mongosh. */
final class ShardCommands {

    private ShardCommands() {}

    /** Tells what to run; nothing if nothing was sharded. */
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

    /** Tells programs the same. */
    static List<Document> documents(List<UnshardedCollection> unsharded) {
        return unsharded.stream()
                .map(collection -> new Document("collection", collection.collection())
                        .append("key", collection.shardKey().key())
                        .append("unique", collection.shardKey().unique())
                        .append("command", command(collection)))
                .toList();
    }

    /** A collection with a collation must be sharded by the simple one, and this must be said (MongoDB manual, "shardCollection"). */
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
