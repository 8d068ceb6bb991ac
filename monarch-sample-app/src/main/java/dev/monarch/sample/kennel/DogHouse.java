package dev.monarch.sample.kennel;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A house for dogs.
 *
 * @param places how many dogs fit into it
 */
@Document("dog_houses")
record DogHouse(@Id String id, String colour, int places) {}
