package dev.monarch.sample.queryset;

import java.util.List;

import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

import dev.monarch.masking.Masker;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySet.Parameter;
import dev.monarch.queryset.QuerySetContext;

/** Selects the dogs of a breed and their houses, and accounts with masked addresses. */
@Component
class DogsOfABreed implements QuerySet {

    private static final Parameter<String> BREED =
            Parameter.string("breed").describedAs("Breed of the dogs").withDefault("Beagle");

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(BREED);
    }

    @Override
    public void run(QuerySetContext context) {
        context.dump("dogs", Criteria.where("breed").is(context.value(BREED)));
        context.follow("dogs", "house", "dog_houses", "_id");
        context.mask("accounts", "email", Masker.email());
        context.mask("accounts", "address", Masker.text());
    }
}
