package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import picocli.CommandLine.Command;

import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySet.Parameter;
import dev.monarch.queryset.QuerySets;

/** Lists the query sets of the application, and their parameters. */
@Command(
        name = "list-query-sets",
        description = "List the query sets and their parameters.",
        footer = {"  monarch list-query-sets", "      With types and defaults."})
final class ListQuerySetsVerb extends VerbInContext {

    private final QuerySets querySets;

    ListQuerySetsVerb(QuerySets querySets) {
        this.querySets = querySets;
    }

    @Override
    Report run() {
        List<QuerySet> all = querySets.all();
        Document document = new Document(
                "querySets",
                Report.each(
                        all,
                        querySet -> new Document("name", querySet.name())
                                .append(
                                        "parameters",
                                        Report.each(querySet.parameters(), ListQuerySetsVerb::document))));
        if (all.isEmpty()) {
            return Report.done(
                    List.of("There are no query sets yet. Generate one: monarch generate-query-set NAME"), document);
        }
        List<String> text = new ArrayList<>();
        for (QuerySet querySet : all) {
            text.add(console().styled("bold", querySet.name()));
            querySet.parameters().forEach(parameter -> text.add("  -p " + describe(parameter)));
        }
        return Report.done(text, document);
    }

    private static String describe(Parameter<?> parameter) {
        String purpose = parameter.description().isBlank() ? "" : ": " + parameter.description();
        String otherwise = parameter
                .defaultText()
                .map(text -> parameter.isSecret() ? "; has a default" : "; default: " + text)
                .orElse("");
        return parameter.name() + "=…  " + parameter.type() + purpose + otherwise
                + (parameter.isSecret() ? "; secret" : "");
    }

    private static Document document(Parameter<?> parameter) {
        Document document = new Document("name", parameter.name())
                .append("type", parameter.type())
                .append("description", parameter.description())
                .append("secret", parameter.isSecret())
                .append("required", parameter.defaultText().isEmpty());
        return parameter.isSecret()
                ? document
                : document.append("default", parameter.defaultText().orElse(null));
    }
}
