package dev.monarch.queryset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.monarch.engine.environment.NearestNames;
import dev.monarch.queryset.QuerySet.Parameter;

/** The given values of a query set's declared parameters, as strings. */
record ParameterValues(List<Parameter<?>> declared, Map<String, String> given) {

    /** {@return all problems of the values, as sentences} */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Parameter<?> parameter : declared) {
            if (!names.add(parameter.name())) {
                problems.add("It declares the parameter '" + parameter.name() + "' twice.");
            }
            problem(parameter).ifPresent(problems::add);
        }
        new TreeMap<>(given)
                .keySet().stream()
                        .filter(name -> !names.contains(name))
                        .map(name -> unknown(name, names))
                        .forEach(problems::add);
        return problems;
    }

    private Optional<String> problem(Parameter<?> parameter) {
        String text = given.get(parameter.name());
        if (text == null) {
            return parameter.defaultValue() == null ? Optional.of(missing(parameter)) : Optional.empty();
        }
        try {
            parameter.parse(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage() + " " + hint(parameter));
        }
    }

    private static String missing(Parameter<?> parameter) {
        String purpose = parameter.description().isBlank() ? "" : " (" + parameter.description() + ")";
        return "'" + parameter.name() + "'" + purpose + " is missing. It must be " + parameter.type() + ". "
                + hint(parameter);
    }

    private static String hint(Parameter<?> parameter) {
        return "Give it with -p " + parameter.name() + "=…";
    }

    private static String unknown(String name, Set<String> known) {
        return "There is no parameter '" + name + "'"
                + (known.isEmpty() ? "; the query set has no parameters." : "." + NearestNames.question(name, known));
    }

    boolean declares(String name) {
        return declared.stream().anyMatch(parameter -> parameter.name().equals(name));
    }

    <T> @Nullable T of(Parameter<T> parameter) {
        String text = given.get(parameter.name());
        return text == null ? parameter.defaultValue() : parameter.parse(text);
    }

    /** {@return the values of the parameters that are not secret, including defaults} */
    Map<String, String> visible() {
        Map<String, String> visible = new TreeMap<>();
        for (Parameter<?> parameter : declared) {
            if (!parameter.isSecret()) {
                visible.put(parameter.name(), text(parameter));
            }
        }
        return visible;
    }

    private String text(Parameter<?> parameter) {
        return given.getOrDefault(parameter.name(), parameter.defaultText().orElse(""));
    }

    /** {@return the values of the secret parameters, including defaults} */
    Secrets secrets() {
        return new Secrets(declared.stream()
                .filter(Parameter::isSecret)
                .flatMap(parameter -> Stream.concat(Stream.of(text(parameter)), Secrets.textsOf(of(parameter))))
                .toList());
    }
}
