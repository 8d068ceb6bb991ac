package dev.monarch.engine.staging;

import java.util.List;
import java.util.Objects;

import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

import dev.monarch.engine.staging.InsertReply.Rejection;

/**
 * Inserts documents as they are, and again where a failure may pass. Thread-safe.
 *
 * @param database where they are written
 * @param rejections whom documents are told that cannot be written
 * @param attempts when it is tried again
 */
record PlainInserts(MongoDatabase database, Rejections rejections, WriteAttempts attempts) {

    private static final String ID = "_id";

    /**
     * Inserts documents.
     *
     * @param into the collection they are written to
     * @param collection the collection whose documents they are, for reports
     * @param ordered whether each must come after the one before
     * @return how many the server has acknowledged
     */
    int insert(String into, String collection, List<RawBsonDocument> documents, boolean ordered) {
        int written = 0;
        for (List<RawBsonDocument> portion : InsertCommand.portions(documents)) {
            int rejected = ordered ? insertInOrder(into, collection, portion) : insertAll(into, collection, portion);
            written += portion.size() - rejected;
        }
        return written;
    }

    /** Documents that an earlier attempt has written are no failures. */
    private int insertAll(String into, String collection, List<RawBsonDocument> documents) {
        for (int attempt = 1; ; attempt++) {
            boolean again = attempt > 1;
            try {
                List<Rejection> all = send(into, documents, false);
                List<Rejection> refused = again ? new WrittenBefore(database, into).without(all, documents) : all;
                refused.forEach(rejection -> tell(rejection, collection, documents));
                return refused.size();
            } catch (MongoException e) {
                attempts.prepareNext(e, attempt);
            }
        }
    }

    /** Each command ends at the first document that is refused; after a failure nobody knows where it has ended. */
    private int insertInOrder(String into, String collection, List<RawBsonDocument> documents) {
        List<RawBsonDocument> left = documents;
        boolean unknown = false;
        int rejected = 0;
        int attempt = 1;
        while (!left.isEmpty()) {
            try {
                if (unknown) {
                    left = behindNewest(into, left);
                    unknown = false;
                    continue;
                }
                List<Rejection> refused = send(into, left, true);
                for (Rejection rejection : refused) {
                    tell(rejection, collection, left);
                    rejected++;
                }
                left = refused.isEmpty() ? List.of() : behind(refused.get(0).index(), left);
            } catch (MongoException e) {
                attempts.prepareNext(e, attempt++);
                unknown = true;
            }
        }
        return rejected;
    }

    private List<Rejection> send(String into, List<RawBsonDocument> documents, boolean ordered) {
        BsonDocument command = InsertCommand.of(into, documents, ordered, attempts.bypass());
        return InsertReply.of(database.runCommand(command, BsonDocument.class)).rejections();
    }

    private void tell(Rejection rejection, String collection, List<RawBsonDocument> documents) {
        rejections.add(collection, documents.get(rejection.index()), rejection);
    }

    private List<RawBsonDocument> behindNewest(String into, List<RawBsonDocument> documents) {
        BsonDocument newest = database.getCollection(into, BsonDocument.class)
                .withReadPreference(ReadPreference.primary())
                .find()
                .projection(Projections.include(ID))
                .sort(Sorts.descending("$natural"))
                .first();
        for (int i = 0; newest != null && i < documents.size(); i++) {
            if (Objects.equals(documents.get(i).get(ID), newest.get(ID))) {
                return behind(i, documents);
            }
        }
        return documents;
    }

    private static List<RawBsonDocument> behind(int index, List<RawBsonDocument> documents) {
        return documents.subList(index + 1, documents.size());
    }
}
