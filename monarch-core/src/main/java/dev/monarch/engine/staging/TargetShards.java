package dev.monarch.engine.staging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;

import dev.monarch.Fact;
import dev.monarch.Reason;
import dev.monarch.engine.environment.Deployment;
import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.ReplacementPlan.UnshardedCollection;
import dev.monarch.transfer.CollectionDescription;
import dev.monarch.transfer.CollectionDescription.CollectionType;
import dev.monarch.transfer.CollectionDescription.ShardKey;

/**
 * The consequences for a replacement if its target is a sharded cluster.
 *
 * @param cluster whether the target is a sharded cluster
 * @param sharded the sharded collections of the target that would be replaced or removed
 * @param unsharded the collections that are sharded in the source and will not be in the target
 * @param target the name of the environment
 */
record TargetShards(boolean cluster, List<String> sharded, List<UnshardedCollection> unsharded, String target) {

    /**
     * Queries the target: on a sharded cluster, one round trip for each collection that would be replaced or removed.
     *
     * @param keys the shard keys in the source, by the names of the collections in the target
     */
    static TargetShards of(TargetServer server, ReplacementScope scope, Map<String, ShardKey> keys) {
        MonarchEnvironment target = server.target();
        if (!server.isSharded()) {
            return new TargetShards(false, List.of(), List.of(), target.name());
        }
        List<String> sharded = sharded(target, scope.affected());
        Map<String, ShardKey> lost = new TreeMap<>(keys);
        lost.keySet().removeAll(Set.copyOf(sharded));
        List<UnshardedCollection> unsharded = new ArrayList<>();
        lost.forEach((name, key) -> scope.incoming()
                .collection(name)
                .ifPresent(incoming -> unsharded.add(unsharded(target, incoming, key))));
        return new TargetShards(true, sharded, unsharded, target.name());
    }

    /** Queries again which of these collections are sharded, because they may have been sharded during the load. */
    static TargetShards now(MonarchEnvironment target, Collection<TargetCatalogue.Existing> affected) {
        boolean cluster = Deployment.of(target.ownClient()).isSharded();
        return new TargetShards(cluster, cluster ? sharded(target, affected) : List.of(), List.of(), target.name());
    }

    private static List<String> sharded(MonarchEnvironment target, Collection<TargetCatalogue.Existing> affected) {
        return affected.stream()
                .filter(existing -> existing.type() != CollectionType.VIEW)
                .map(TargetCatalogue.Existing::name)
                .filter(name -> isSharded(target, name))
                .toList();
    }

    private static UnshardedCollection unsharded(
            MonarchEnvironment target, CollectionDescription incoming, ShardKey key) {
        return new UnshardedCollection(
                target.address().database(),
                incoming.name(),
                key,
                incoming.options().containsKey("collation"));
    }

    private static boolean isSharded(MonarchEnvironment target, String collection) {
        return target.ownDatabase()
                .runCommand(new BsonDocument("collStats", new BsonString(collection)), BsonDocument.class)
                .getBoolean("sharded", BsonBoolean.FALSE)
                .getValue();
    }

    /** {@return what prevents the replacement, as clauses} */
    List<Fact> problems() {
        return sharded.stream()
                .map(name -> new Fact(
                        Reason.SHARDED_COLLECTION_IN_TARGET,
                        "'" + name + "' is sharded, and a replacement would lose its shard key, zones and chunks"))
                .toList();
    }

    /** {@return warnings about the replacement, as sentences} */
    List<String> warnings() {
        if (!cluster) {
            return List.of();
        }
        String all = "'" + target
                + "' is on a sharded cluster, and Monarch does not shard: the loaded collections are not sharded.";
        return unsharded.isEmpty()
                ? List.of(all)
                : List.of(all, "Sharded in the source, but not in '" + target + "': " + keys() + ".");
    }

    private String keys() {
        return unsharded.stream()
                .map(each -> "'" + each.collection() + "' by " + each.shardKey())
                .collect(Collectors.joining(", "));
    }
}
