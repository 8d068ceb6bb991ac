package dev.monarch.engine.staging;

import java.util.List;
import java.util.Objects;

import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

import dev.monarch.engine.staging.InsertReply.Rejection;

/**
 * Inserts documents unchanged. Retries after transient failures. Thread-safe.
 *
 * @param database the database
 * @param rejections receives the documents that cannot be written
 * @param attempts decides about retries
 * @param concern when the server answers
 * @param executed receives what executed the writes
 */
record PlainInserts(
        MongoDatabase database,
        RejectedDocuments rejections,
        WriteAttempts attempts,
        WriteConcern concern,
        ExecutedWrites executed) {

    private static final String ID = "_id";

    /**
     * Inserts documents.
     *
     * @param into the collection to write to
     * @param collection the collection that the documents belong to, for reports
     * @param ordered whether each document must be written after the one before it
     * @return how many documents the server acknowledged
     */
    int insert(String into, String collection, List<RawBsonDocument> documents, boolean ordered) {
        int written = 0;
        for (List<RawBsonDocument> portion : InsertCommand.portions(documents)) {
            int rejected = ordered ? insertInOrder(into, collection, portion) : insertAll(into, collection, portion);
            written += portion.size() - rejected;
        }
        return written;
    }

    /** Documents that an earlier attempt has written are not failures. */
    private int insertAll(String into, String collection, List<RawBsonDocument> documents) {
        for (int attempt = 1; ; attempt++) {
            boolean again = attempt > 1 || executed.isRepetition();
            try {
                List<Rejection> all = send(into, documents, false);
                List<Rejection> refused = again ? new EarlierAttempt(database, into).without(all, documents) : all;
                refused.forEach(rejection -> report(rejection, collection, documents));
                return refused.size();
            } catch (MongoException e) {
                executed.failed();
                attempts.prepareNext(e, attempt);
            }
        }
    }

    /** Each command ends at the first rejected document. After a failure it is unknown where it ended. */
    private int insertInOrder(String into, String collection, List<RawBsonDocument> documents) {
        List<RawBsonDocument> left = documents;
        boolean unknown = false;
        int rejected = 0;
        int attempt = 1;
        while (!left.isEmpty()) {
            try {
                if (unknown) {
                    left = afterNewest(into, left);
                    unknown = false;
                    continue;
                }
                List<Rejection> refused = send(into, left, true);
                for (Rejection rejection : refused) {
                    report(rejection, collection, left);
                    rejected++;
                }
                left = refused.isEmpty() ? List.of() : after(refused.get(0).index(), left);
            } catch (MongoException e) {
                attempts.prepareNext(e, attempt++);
                unknown = true;
            }
        }
        return rejected;
    }

    private List<Rejection> send(String into, List<RawBsonDocument> documents, boolean ordered) {
        BsonDocument command = InsertCommand.of(into, documents, ordered, attempts.bypass(), concern);
        InsertReply reply = InsertReply.of(database.runCommand(command, BsonDocument.class));
        executed.by(reply.election());
        return reply.rejections();
    }

    private void report(Rejection rejection, String collection, List<RawBsonDocument> documents) {
        rejections.add(collection, documents.get(rejection.index()), rejection);
    }

    private List<RawBsonDocument> afterNewest(String into, List<RawBsonDocument> documents) {
        BsonDocument newest = database.getCollection(into, BsonDocument.class)
                .withReadPreference(ReadPreference.primary())
                .find()
                .projection(Projections.include(ID))
                .sort(Sorts.descending("$natural"))
                .first();
        for (int i = 0; newest != null && i < documents.size(); i++) {
            if (Objects.equals(documents.get(i).get(ID), newest.get(ID))) {
                return after(i, documents);
            }
        }
        return documents;
    }

    private static List<RawBsonDocument> after(int index, List<RawBsonDocument> documents) {
        return documents.subList(index + 1, documents.size());
    }
}
