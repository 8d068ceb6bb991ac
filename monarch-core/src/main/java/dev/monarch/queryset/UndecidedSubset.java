package dev.monarch.queryset;

import java.util.List;
import java.util.Map;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.Subset;
import dev.monarch.engine.transfer.SubsetChoice;
import dev.monarch.engine.transfer.SubsetQueries;
import dev.monarch.masking.Masker.MaskedField;
import dev.monarch.queryset.QuerySets.QuerySetChoice;

/**
 * The selection of a query set that reads the database, before there is one: any collection may be selected.
 *
 * @param call the request and the source
 */
record UndecidedSubset(QuerySetCall call) implements QuerySetChoice, SubsetChoice {

    @Override
    public String environment() {
        return call.environment();
    }

    @Override
    public String querySet() {
        return call.querySet();
    }

    @Override
    public Map<String, String> parameters() {
        return call.parameters();
    }

    @Override
    public List<MaskedField> masked() {
        return List.of();
    }

    @Override
    public boolean isDecided() {
        return false;
    }

    @Override
    public Catalogue selected(Catalogue catalogue) {
        return catalogue;
    }

    @Override
    public boolean isWhole(String collection) {
        return false;
    }

    @Override
    public Subset select(Catalogue catalogue, SubsetQueries queries) {
        throw new IllegalStateException("The query set was not run on a database");
    }
}
