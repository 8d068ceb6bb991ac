package dev.monarch.sample.kennel;

import java.util.Optional;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.FindAndReplaceOptions;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/dogs")
class DogController {

    private static final int LARGEST_PAGE = 100;

    /** The server reads all documents before a page, so the number of pages is limited. */
    private static final int LAST_PAGE = 10_000;

    private final Dogs dogs;

    private final MongoTemplate template;

    DogController(Dogs dogs, MongoTemplate template) {
        this.dogs = dogs;
        this.template = template;
    }

    @GetMapping
    DogPage dogs(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "20") int size) {
        require("page", page, 0, LAST_PAGE);
        require("size", size, 1, LARGEST_PAGE);
        return DogPage.of(dogs.findAll(PageRequest.of(page, size, Sort.by("id"))));
    }

    @GetMapping("/{id}")
    Dog dog(@PathVariable String id) {
        return dogs.findById(id).orElseThrow(() -> missing(id));
    }

    /** Replaces a dog, unless someone else has changed it since it was read. */
    @PutMapping("/{id}")
    Dog replace(@PathVariable String id, @RequestBody Dog dog) {
        require(id.equals(dog.id()), "'id' must be '" + id + "'.");
        Query asRead = Query.query(Criteria.where("_id").is(id).and("revision").is(dog.revision()));
        Dog replaced = template.findAndReplace(
                asRead, dog.changed(), FindAndReplaceOptions.options().returnNew());
        return Optional.ofNullable(replaced)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.CONFLICT, "There is no dog '" + id + "' with this revision. Read it again."));
    }

    /** Makes a dog heavier. */
    @PostMapping("/{id}/meals")
    Dog feed(@PathVariable String id) {
        Dog fed = template.findAndModify(
                Query.query(Criteria.where("_id").is(id)),
                new Update().inc(Dog.WEIGHT, Dog.MEAL).inc("revision", 1),
                FindAndModifyOptions.options().returnNew(true),
                Dog.class);
        return Optional.ofNullable(fed).orElseThrow(() -> missing(id));
    }

    private static ResponseStatusException missing(String id) {
        return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no dog '" + id + "'.");
    }

    private static void require(String parameter, int value, int from, int to) {
        require(
                value >= from && value <= to,
                "'" + parameter + "' must be from " + from + " to " + to + ", but is " + value + ".");
    }

    private static void require(boolean valid, String otherwise) {
        if (!valid) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, otherwise);
        }
    }
}
