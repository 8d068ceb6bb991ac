package dev.monarch.backup;

import java.util.List;

import com.mongodb.client.model.Filters;

import dev.monarch.masking.Masker;
import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySet.Parameter;
import dev.monarch.queryset.QuerySetContext;

/** Selects only the first dogs, with masked names. */
final class MaskedDogs implements QuerySet {

    private static final Parameter<Integer> HOW_MANY = Parameter.integer("howMany");

    private static final Parameter<String> PASSWORD =
            Parameter.string("password").withDefault("bone").secret();

    @Override
    public List<Parameter<?>> parameters() {
        return List.of(HOW_MANY, PASSWORD);
    }

    @Override
    public void run(QuerySetContext context) {
        context.dump("dogs", Filters.lt("_id", context.value(HOW_MANY)));
        context.mask("dogs", "name", Masker.name());
        context.only();
    }
}
