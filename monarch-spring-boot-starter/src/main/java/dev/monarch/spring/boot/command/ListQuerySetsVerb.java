package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import org.springframework.beans.factory.ListableBeanFactory;

import dev.monarch.queryset.QuerySet;
import dev.monarch.queryset.QuerySet.Parameter;

/** Lists the query sets of the application, and what they want to know. */
final class ListQuerySetsVerb implements Verb.InContext {

    @Override
    public VerbDescription description() {
        return new VerbDescription(
                "list-query-sets",
                List.of(),
                "Lists the query sets and their parameters.",
                List.of(),
                List.of(new Example("list-query-sets", "All of them, with types and defaults.")));
    }

    @Override
    public Report run(Arguments arguments, CommandConsole console, ListableBeanFactory beans) {
        List<QuerySet> all = Beans.querySets(beans).all();
        Document document = new Document(
                "querySets",
                all.stream()
                        .map(querySet -> new Document("name", querySet.name())
                                .append(
                                        "parameters",
                                        querySet.parameters().stream()
                                                .map(ListQuerySetsVerb::document)
                                                .toList()))
                        .toList());
        if (all.isEmpty()) {
            return Report.done(
                    List.of("There are no query sets; 'monarch generate-query-set NAME' writes one."), document);
        }
        List<String> text = new ArrayList<>();
        for (QuerySet querySet : all) {
            text.add(console.styled("bold", querySet.name()));
            querySet.parameters().forEach(parameter -> text.add("  -p " + describe(parameter)));
        }
        return Report.done(text, document);
    }

    private static String describe(Parameter<?> parameter) {
        String purpose = parameter.description().isBlank() ? "" : ": " + parameter.description();
        String otherwise = parameter
                .defaultText()
                .map(text -> parameter.isSecret() ? "; there is a default" : "; " + text + " otherwise")
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
