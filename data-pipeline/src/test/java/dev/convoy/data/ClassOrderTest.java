package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassOrderTest {
  private static Optional<String> difference(List<String> classes, List<String> others) {
    return ClassOrder.difference("A", classes, "B", others);
  }

  @Test
  void aLabelMustMeanTheSameClassInBoth() {
    List<String> classes = List.of("cat", "dog", "fox");
    assertEquals(Optional.empty(), difference(classes, classes));
    assertEquals(
        Optional.of("class 1 is 'dog' in A, but 'fox' in B"),
        difference(classes, List.of("cat", "fox", "dog")));
    assertEquals(
        Optional.of("A has 3 classes, but B has 2, 'fox' more"),
        difference(classes, List.of("cat", "dog")));
  }

  @Test
  void unicodeFormsAreOneName() {
    assertEquals(Optional.empty(), difference(List.of("caf\u00e9"), List.of("cafe\u0301")));
  }

  @Test
  void classesWithoutNamesAreComparedByTheirNumber() {
    assertEquals(Optional.empty(), difference(List.of("0", "1"), List.of("cat", "dog")));
    assertEquals(
        Optional.of("A has 2 classes, but B has 3"),
        difference(List.of("0", "1"), List.of("cat", "dog", "fox")));
    // Folders that are called by numbers are in the order of text.
    List<String> numbers = List.of("0", "1", "10", "2", "3", "4", "5", "6", "7", "8", "9");
    List<String> counted = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    assertEquals(Optional.of("class 2 is '10' in A, but '2' in B"), difference(numbers, counted));
  }

  @Test
  void namesArePartOfTheContentsDigestWhereThereAreAny() {
    String cats = new ContentDigest(List.of("cat", "dog")).hex();
    assertNotEquals(cats, new ContentDigest(List.of("dog", "cat")).hex());
    assertNotEquals(
        new ContentDigest(List.of("ab", "c")).hex(), new ContentDigest(List.of("a", "bc")).hex());
    assertEquals(
        "0".repeat(63) + "2", new ContentDigest(List.of("0", "1")).hex(), "as without names");
  }
}
