package dev.monarch.sample.kennel;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A dog.
 *
 * @param house the id of the house it sleeps in
 */
@Document("dogs")
record Dog(@Id String id, String name, String breed, int weightInKg, String house) {}
