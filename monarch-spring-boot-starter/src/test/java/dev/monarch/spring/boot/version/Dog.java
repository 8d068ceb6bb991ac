package dev.monarch.spring.boot.version;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.DBRef;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.DocumentReference;
import org.springframework.data.mongodb.core.mapping.Field;

/** A dog as version 2 of the application knows it. */
@Document("dogs")
public class Dog {

    @Id
    @Nullable
    Integer id;

    @Nullable
    String name;

    @Field("weight_kg")
    @Nullable
    Double weightKg;

    @Version
    @Nullable
    Long revision;

    @DBRef(lazy = true)
    @Nullable
    Dog mother;

    @DocumentReference
    @Nullable
    Dog father;

    static Dog of(int id, String name, double weightKg) {
        Dog dog = new Dog();
        dog.id = id;
        dog.name = name;
        dog.weightKg = weightKg;
        return dog;
    }

    public @Nullable Double getWeightKg() {
        return weightKg;
    }

    @Override
    public String toString() {
        return name + " " + weightKg;
    }
}
