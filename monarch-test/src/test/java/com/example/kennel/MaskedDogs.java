package com.example.kennel;

import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.stereotype.Component;

import dev.monarch.masking.Masker;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySetContext;

/** Small dogs, without the addresses of their owners. */
@Component
public class MaskedDogs implements QuerySet {

    @Override
    public void run(QuerySetContext context) {
        context.dump("dogs", Criteria.where("weight").lt(10_000));
        context.mask("dogs", "owner", Masker.email());
    }
}
