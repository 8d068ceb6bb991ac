package dev.monarch.sample.kennel;

import org.bson.Document;

import dev.monarch.version.DocumentVersion;
import dev.monarch.version.DocumentVersionChange;

/** An earlier change. Because version 1 of the dogs has it, each instance of that build writes a heartbeat. */
@DocumentVersion(collection = "dog_houses", version = 2)
class HeatedHouses implements DocumentVersionChange {

    @Override
    public void upgrade(Document house) {
        house.putIfAbsent("heated", false);
    }

    @Override
    public void downgrade(Document house) {
        house.remove("heated");
    }
}
