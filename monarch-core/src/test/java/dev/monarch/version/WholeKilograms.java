package dev.monarch.version;

import org.bson.Document;

/** From pounds to kilograms, with round numbers. */
@DocumentVersion(collection = "dogs", version = 2)
public final class WholeKilograms implements DocumentVersionChange {

    @Override
    public void upgrade(Document dog) {
        if (dog.remove("weight") instanceof Number pounds) {
            dog.put("weight_kg", pounds.intValue() / 2);
        }
    }

    @Override
    public void downgrade(Document dog) {
        if (dog.remove("weight_kg") instanceof Number kilograms) {
            dog.put("weight", kilograms.intValue() * 2);
        }
    }
}
