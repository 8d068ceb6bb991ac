package dev.monarch.test;

/** How the server of a test is deployed. */
public enum Topology {
    /** Whatever there is; the test runs on every server, the embedded one included. */
    ANY,
    /** A replica set: transactions, change streams, sessions, snapshot reads. */
    REPLICA_SET,
    /** One server without a replica set. */
    STANDALONE,
    /** A sharded cluster of one shard, spoken to through {@code mongos}. */
    SHARDED_CLUSTER
}
