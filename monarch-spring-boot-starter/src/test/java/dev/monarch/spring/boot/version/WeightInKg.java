package dev.monarch.spring.boot.version;

import org.bson.Document;

import dev.monarch.version.DocumentVersion;
import dev.monarch.version.DocumentVersionChange;

/** From pounds to kilograms, with round numbers. */
@DocumentVersion(collection = "dogs", version = 2)
class WeightInKg implements DocumentVersionChange {

    @Override
    public void upgrade(Document dog) {
        if (dog.remove("weight") instanceof Number pounds) {
            dog.put("weight_kg", pounds.doubleValue() / 2);
        }
    }

    @Override
    public void downgrade(Document dog) {
        if (dog.remove("weight_kg") instanceof Number kilograms) {
            dog.put("weight", kilograms.doubleValue() * 2);
        }
    }
}
