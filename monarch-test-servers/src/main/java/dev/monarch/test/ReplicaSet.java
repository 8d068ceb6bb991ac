package dev.monarch.test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import com.mongodb.MongoException;
import org.bson.Document;

/** The members of a replica set, and an operator's actions on them. */
final class ReplicaSet {

    static final String NAME = "monarch";

    private static final int NODE_IS_NOT_PRIMARY = 10107;

    private final String name;

    private final boolean ofConfigServers;

    private final List<Member> members;

    ReplicaSet(String name, List<Member> members) {
        this(name, false, members);
    }

    private ReplicaSet(String name, boolean ofConfigServers, List<Member> members) {
        this.name = name;
        this.ofConfigServers = ofConfigServers;
        this.members = List.copyOf(members);
    }

    /** {@return the config servers of a sharded cluster} */
    static ReplicaSet ofConfigServers(String name, List<Member> members) {
        return new ReplicaSet(name, true, members);
    }

    /** Initiates a set of new members, and waits until each of them is primary or secondary. */
    void initiate() {
        List<Document> hosts = IntStream.range(0, members.size())
                .mapToObj(i ->
                        new Document("_id", i).append("host", members.get(i).address()))
                .toList();
        Document config = new Document("_id", name).append("members", hosts);
        if (ofConfigServers) {
            config.append("configsvr", true);
        }
        if (members.size() > 1) {
            // So that a test that stops the primary does not wait for the default of ten seconds.
            config.append(
                    "settings", new Document("electionTimeoutMillis", 2000).append("heartbeatIntervalMillis", 500));
        }
        members.get(0).run(new Document("replSetInitiate", config));
        awaitPrimary();
        Poll.until(
                () -> members.stream().allMatch(member -> member.isPrimary() || member.isSecondary()),
                () -> "not every member of the replica set has become primary or secondary");
    }

    void awaitPrimary() {
        Poll.until(() -> primary().isPresent(), () -> "the replica set has no primary");
    }

    /** By force, because a set with one member has no other member to elect. */
    void stepDown(Duration forHowLong) {
        long seconds = Math.max(1, forHowLong.plusNanos(999_999_999).toSeconds());
        Member primary =
                primary().orElseThrow(() -> new IllegalStateException("no primary that could step down; is it up?"));
        try {
            primary.run(new Document("replSetStepDown", seconds)
                    .append("secondaryCatchUpPeriodSecs", 0)
                    .append("force", true));
        } catch (MongoException e) {
            // It may have lost an election meanwhile. Releases before 4.2 close the connection.
            if (e.getCode() != NODE_IS_NOT_PRIMARY && primary.isPrimary()) {
                throw e;
            }
        }
    }

    private Optional<Member> primary() {
        return members.stream().filter(Member::isPrimary).findFirst();
    }
}
