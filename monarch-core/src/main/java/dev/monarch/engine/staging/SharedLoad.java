package dev.monarch.engine.staging;

import com.mongodb.client.MongoDatabase;

/** What all collections of one load share. */
record SharedLoad(
        MongoDatabase database,
        StagingRequest request,
        BatchInserter inserter,
        LoadWorkers workers,
        FirstBatchMemory held,
        DocumentFailures leftOut) {}
