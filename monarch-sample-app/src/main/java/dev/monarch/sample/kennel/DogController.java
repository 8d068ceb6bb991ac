package dev.monarch.sample.kennel;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
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

    DogController(Dogs dogs) {
        this.dogs = dogs;
    }

    @GetMapping
    DogPage dogs(@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "20") int size) {
        require("page", page, 0, LAST_PAGE);
        require("size", size, 1, LARGEST_PAGE);
        return DogPage.of(dogs.findAll(PageRequest.of(page, size, Sort.by("id"))));
    }

    @GetMapping("/{id}")
    Dog dog(@PathVariable String id) {
        return dogs.findById(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no dog '" + id + "'."));
    }

    private static void require(String parameter, int value, int from, int to) {
        if (value < from || value > to) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "'" + parameter + "' must be from " + from + " to " + to + ", but is " + value + ".");
        }
    }
}
