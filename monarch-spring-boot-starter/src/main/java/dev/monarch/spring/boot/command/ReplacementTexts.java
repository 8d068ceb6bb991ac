package dev.monarch.spring.boot.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.bson.Document;

import dev.monarch.environment.MonarchEnvironment;
import dev.monarch.replacement.LoadReport;
import dev.monarch.replacement.LoadReport.Expiration;
import dev.monarch.replacement.ReplacementPlan;
import dev.monarch.replacement.ReplacementPlan.ReplacementReport;
import dev.monarch.replacement.ReplacementPlan.UnshardedCollection;
import dev.monarch.spring.boot.advice.Advice;
import dev.monarch.spring.boot.advice.ExitCode;
import dev.monarch.transfer.Omission;

/** Describes plans and results of replacements. */
final class ReplacementTexts {

    private ReplacementTexts() {}

    /**
     * Describes a plan.
     *
     * @param verb the first word of the description: {@code Restore}
     */
    static List<String> planned(String verb, ReplacementPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.add(verb + " " + plan.origin() + " into '" + plan.environment() + "':");
        add("replaced", plan.replaced(), lines);
        add("created", plan.created(), lines);
        add("removed", plan.removed(), lines);
        add("kept", plan.kept(), lines);
        warnings(plan).forEach(warning -> lines.add("  Note: " + warning));
        lines.addAll(ShardCommands.lines(plan.unsharded()));
        plan.omissions().forEach(omission -> lines.add("  Note: " + omission));
        refusals(plan).forEach(refusal -> lines.add("  Not possible: " + refusal));
        return lines;
    }

    private static void add(String what, List<String> names, List<String> lines) {
        if (!names.isEmpty()) {
            lines.add("  " + what + ": " + String.join(", ", names));
        }
    }

    /**
     * Describes a plan in JSON.
     *
     * @param origin the name of the field for its origin
     */
    static Document document(String origin, ReplacementPlan plan) {
        return new Document(origin, plan.origin())
                .append("environment", plan.environment())
                .append("replaced", plan.replaced())
                .append("created", plan.created())
                .append("removed", plan.removed())
                .append("kept", plan.kept())
                .append("refusals", refusals(plan))
                .append("warnings", warnings(plan))
                .append("omissions", omissions(plan.omissions()))
                .append("unsharded", ShardCommands.documents(plan.unsharded()));
    }

    static List<String> refusals(ReplacementPlan plan) {
        return Advice.lines(plan.refusals(), plan.environment());
    }

    private static List<String> warnings(ReplacementPlan plan) {
        return Advice.lines(plan.warnings(), plan.environment());
    }

    static void requirePossible(List<String> refusals) {
        if (!refusals.isEmpty()) {
            throw new CommandException(ExitCode.REFUSED, String.join(" ", refusals) + " Nothing has happened.");
        }
    }

    /** Returns why a yes is not enough for such a replacement. */
    static String losesMost(MonarchEnvironment target) {
        return "'" + target.name() + "' would lose most of its documents";
    }

    /** Counts the loaded data. */
    static String loaded(ReplacementReport report) {
        LoadReport loaded = report.loaded();
        return Texts.count(loaded.collections(), "collection") + ", " + Texts.count(loaded.documents(), "document")
                + ", " + Texts.size(loaded.bytes()) + ", in " + Texts.duration(report.elapsed()) + ".";
    }

    /** Lists what limited a replacement, what it omitted, what expires, and what is no longer sharded. */
    static List<String> lines(ReplacementReport report) {
        return Stream.of(
                        Limits.lines(report.limitedBy()),
                        leftOut(report.loaded()),
                        expirations(report.expirations()),
                        unsharded(report.unsharded()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> leftOut(LoadReport loaded) {
        return Stream.concat(
                        loaded.omissions().stream().map(omission -> "  " + omission),
                        loaded.leftOut().stream()
                                .map(document -> "  Left out of '" + document.collection() + "': the document with _id "
                                        + document.id() + ": " + document.message()))
                .toList();
    }

    /** Describes omissions in JSON. */
    static List<Document> omissions(List<Omission> omissions) {
        return Report.each(
                omissions, omission -> new Document("what", omission.what()).append("reason", omission.reason()));
    }

    /** Lists documents that expire immediately, or the command that makes them expire again. */
    private static List<String> expirations(List<Expiration> expirations) {
        return expirations.stream()
                .filter(expiration -> expiration.parked() || expiration.documents() > 0)
                .map(expiration -> expiration.parked()
                        ? "  Documents of '" + expiration.collection() + "' do not expire until you run db.runCommand("
                                + expiration.command().toJson() + ")."
                        : "  " + Texts.count(expiration.documents(), "document") + " of '" + expiration.collection()
                                + "' had expired; the server deletes them within about a minute.")
                .toList();
    }

    /** Lists collections that are not sharded as in the source, and the commands that shard them. */
    private static List<String> unsharded(List<UnshardedCollection> unsharded) {
        return Stream.concat(
                        unsharded.stream()
                                .map(collection -> "  Not sharded: '"
                                        + collection.collection() + "'. In the source its shard key is "
                                        + collection.shardKey() + "."),
                        ShardCommands.lines(unsharded).stream())
                .toList();
    }

    /** Adds the result of a replacement to a JSON description. */
    static Document append(ReplacementReport report, Document document) {
        LoadReport loaded = report.loaded();
        return document.append("collections", loaded.collections())
                .append("documents", loaded.documents())
                .append("bytes", loaded.bytes())
                .append("omissions", omissions(loaded.omissions()))
                .append(
                        "leftOut",
                        Report.each(
                                loaded.leftOut(),
                                left -> new Document("collection", left.collection())
                                        .append("id", left.id())
                                        .append("message", left.message())))
                .append("unsharded", ShardCommands.documents(report.unsharded()))
                .append("limitedBy", Limits.documents(report.limitedBy()))
                .append("tookMillis", report.elapsed().toMillis());
    }
}
