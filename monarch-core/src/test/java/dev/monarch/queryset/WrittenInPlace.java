package dev.monarch.queryset;

import java.util.List;
import java.util.function.Consumer;

import dev.monarch.queryset.QuerySet.Parameter;

/** A query set that a test defines inline. */
record WrittenInPlace(String name, List<Parameter<?>> parameters, Consumer<QuerySetContext> subsetRules)
        implements QuerySet {

    WrittenInPlace(String name, Consumer<QuerySetContext> subsetRules) {
        this(name, List.of(), subsetRules);
    }

    @Override
    public void run(QuerySetContext context) {
        subsetRules.accept(context);
    }
}
