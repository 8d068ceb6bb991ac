package dev.monarch.sample.kennel;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An account that pays for dogs.
 *
 * @param email unique among all accounts, enforced by an index
 */
@Document("accounts")
record Account(@Id String id, String email, Address address) {

    record Address(String street, String city) {}
}
