package dev.monarch.engine.staging;

import com.mongodb.client.MongoDatabase;

/** What all collections that are loaded share. */
record Loading(
        MongoDatabase database,
        StagingRequest request,
        BatchInserter inserter,
        LoadWorkers workers,
        HeldBatches held,
        DocumentFailures leftOut) {}
