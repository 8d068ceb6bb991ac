package dev.monarch.spring.boot.mapped;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/** A mapped class with an index, in a package that no other test's application is scanned for. */
@Document("users")
public final class User {

    @Id
    @Nullable
    String id;

    @Indexed(unique = true)
    @Nullable
    String email;
}
