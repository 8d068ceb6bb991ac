package dev.monarch.sample.kennel;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A dog.
 *
 * @param house the id of the house it sleeps in
 * @param revision the number of its changes; null if there were none
 */
@Document("dogs")
record Dog(
        @Id String id,
        String name,
        String breed,
        int weightInKg,
        String house,
        @Nullable Integer revision) {

    /** The field that a meal changes. */
    static final String WEIGHT = "weightInKg";

    /** By how much a meal increases it. */
    static final int MEAL = 1;

    /** {@return this dog after one more change} */
    Dog changed() {
        return new Dog(id, name, breed, weightInKg, house, revision == null ? 1 : revision + 1);
    }
}
