package dev.monarch.queryset;

import java.util.Map;

import dev.monarch.engine.transfer.SubsetChoice;
import dev.monarch.queryset.QuerySets.QuerySetChoice;

/** The selection of a query set, with the call that it comes from. */
abstract sealed class CalledSubset implements QuerySetChoice, SubsetChoice permits QuerySetSubset, UndecidedSubset {

    private final QuerySetCall call;

    CalledSubset(QuerySetCall call) {
        this.call = call;
    }

    final QuerySetCall call() {
        return call;
    }

    @Override
    public final String environment() {
        return call.environment();
    }

    @Override
    public final String querySet() {
        return call.querySet();
    }

    @Override
    public final Map<String, String> parameters() {
        return call.parameters();
    }
}
