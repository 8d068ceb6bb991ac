package dev.monarch.sample.kennel;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Who pays for a dog.
 *
 * @param email unique among all accounts, which the database sees to
 */
@Document("accounts")
record Account(@Id String id, String email, Address address) {

    record Address(String street, String city) {}
}
