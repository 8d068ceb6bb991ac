package dev.monarch.engine.staging;

import com.mongodb.client.MongoDatabase;

/** What all collections of one load share. */
record Loading(
        MongoDatabase database,
        StagingRequest request,
        BatchInserter inserter,
        LoadWorkers workers,
        HeldBatches held,
        DocumentFailures leftOut) {}
