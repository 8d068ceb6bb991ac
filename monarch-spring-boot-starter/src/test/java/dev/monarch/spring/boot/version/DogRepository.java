package dev.monarch.spring.boot.version;

import java.util.List;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.mongodb.repository.Aggregation;
import org.springframework.data.mongodb.repository.MongoRepository;
import org.springframework.data.mongodb.repository.Query;

interface DogRepository extends MongoRepository<Dog, Integer> {

    List<Weight> findByName(String name);

    Page<Dog> findByNameNotNull(Pageable page);

    @Query(value = "{name: ?0}", fields = "{name: 1, weight_kg: 1}")
    Dog part(String name);

    @Aggregation("{$match: {name: ?0}}")
    Dog aggregated(String name);

    /** A closed projection: Spring Data asks the server for these fields only. */
    interface Weight {

        Double getWeightKg();
    }
}
