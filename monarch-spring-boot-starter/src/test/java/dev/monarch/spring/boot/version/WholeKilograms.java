package dev.monarch.spring.boot.version;

import org.bson.Document;

import dev.monarch.version.DocumentVersionChange;

/** From pounds to kilograms, as integers. */
public final class WholeKilograms implements DocumentVersionChange {

    @Override
    public void upgrade(Document dog) {
        if (dog.remove("weight") instanceof Integer pounds) {
            dog.put("weight_kg", pounds / 2);
        }
    }

    @Override
    public void downgrade(Document dog) {
        if (dog.remove("weight_kg") instanceof Integer kilograms) {
            dog.put("weight", kilograms * 2);
        }
    }
}
