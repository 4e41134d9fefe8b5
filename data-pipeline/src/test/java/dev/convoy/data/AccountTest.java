package dev.convoy.data;

import static dev.convoy.data.DataAssertions.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AccountTest {
  @Test
  void itemsAreCountedUnderTheirReasonsWithTheFirstFewNames() {
    Account account = new Account();
    for (String name : List.of("d.webp", "b.webp", "a.webp", "c.webp")) {
      account.count("ending .webp", name);
    }
    account.count("ending .tif", "x.tif");
    assertEquals(5, account.total());
    assertEquals("ending .tif 1, ending .webp 4", account.toString());
    assertEquals(
        new Account.Tally(4, List.of("a.webp", "b.webp", "c.webp")),
        account.reasons().get("ending .webp"));
  }

  @Test
  void theSumIsTheSameHoweverTheItemsAreDividedAndOrdered() {
    List<Integer> items = IntStream.range(0, 100).boxed().toList();
    Account whole = new Account();
    items.forEach(i -> whole.count("reason " + i % 7, "item " + i));
    Random random = new Random(1);
    for (int trial = 0; trial < 20; trial++) {
      List<Integer> shuffled = new ArrayList<>(items);
      Collections.shuffle(shuffled, random);
      List<Account> parts = IntStream.range(0, 1 + trial).mapToObj(part -> new Account()).toList();
      for (int i = 0; i < shuffled.size(); i++) {
        int item = shuffled.get(i);
        parts.get(i % parts.size()).count("reason " + item % 7, "item " + item);
      }
      Account sum = new Account();
      parts.forEach(part -> sum.add(Account.parse(part.toJson(), "a part")));
      assertEquals(whole.toJson(), sum.toJson());
    }
  }

  @Test
  void itTravelsAsOneLineWhateverTheNames() {
    Account account = new Account();
    account.count("hidden", "a\nb\t\"c\"");
    assertEquals(1, account.toJson().lines().count());
    assertEquals(account.reasons(), Account.parse(account.toJson(), "a line").reasons());
    assertTrue(Account.parse("{}", "nothing").isEmpty());
    assertRefused(() -> Account.parse("{\"hidden\":", "list.json"), "list.json", "left out");
  }
}
