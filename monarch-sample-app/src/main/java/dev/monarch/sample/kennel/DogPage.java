package dev.monarch.sample.kennel;

import java.util.List;

import org.springframework.data.domain.Page;

/**
 * Some of the dogs, in the order of their ids.
 *
 * @param page which page this is; the first is 0
 * @param pages how many pages of this size there are
 * @param total how many dogs there are on all pages
 */
record DogPage(List<Dog> dogs, int page, int pages, long total) {

    static DogPage of(Page<Dog> page) {
        return new DogPage(page.getContent(), page.getNumber(), page.getTotalPages(), page.getTotalElements());
    }
}
