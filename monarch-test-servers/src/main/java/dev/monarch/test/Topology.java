package dev.monarch.test;

/** How the server of a test is deployed. */
public enum Topology {
    /** Any. The test runs on every server, including the embedded one. */
    ANY,
    /** A replica set: transactions, change streams, sessions, snapshot reads. */
    REPLICA_SET,
    /** One server without a replica set. */
    STANDALONE,
    /** A sharded cluster of one shard, through {@code mongos}. */
    SHARDED_CLUSTER
}
