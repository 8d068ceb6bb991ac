package dev.monarch.queryset;

import java.util.List;

import dev.monarch.engine.transfer.Catalogue;
import dev.monarch.engine.transfer.Subset;
import dev.monarch.engine.transfer.SubsetQueries;
import dev.monarch.masking.Masker.MaskedField;

/** The selection of a query set that reads the database, before there is one: any collection may be selected. */
final class UndecidedSubset extends CalledSubset {

    /**
     * Creates a selection.
     *
     * @param call the request and the source
     */
    UndecidedSubset(QuerySetCall call) {
        super(call);
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
