package com.example.kennel;

import com.mongodb.client.model.Filters;
import org.bson.RawBsonDocument;

import dev.monarch.backfill.Backfill;
import dev.monarch.backfill.DocumentBackfill;

/** Chips become text. A chip that is no number is an error. */
@Backfill("4-chips")
class Chips implements DocumentBackfill {

    @Override
    public BackfillSource source() {
        return BackfillSource.of(
                "dogs", Filters.and(Filters.exists("chip"), Filters.not(Filters.type("chip", "string"))));
    }

    @Override
    public Change change(RawBsonDocument dog) {
        return Change.set("chip", Long.toString(dog.getNumber("chip").longValue()));
    }
}
