package dev.convoy.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The items of an input that were left out: how many for each reason, and the names of a few. Every
 * item of an input is either taken or counted here, so that nothing is lost silently.
 *
 * <p>Counting in parts and adding them up gives the same account, whatever the parts and their
 * order. Not safe for use by several threads.
 */
public final class Account {
  /** How many names are kept for each reason: the first ones in their order. */
  private static final int EXAMPLES = 3;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final NavigableMap<String, Tally> reasons = new TreeMap<>();

  /** Makes an account of nothing. */
  public Account() {}

  /**
   * The items that were left out for one reason.
   *
   * @param count how many
   * @param examples the names of the first few, sorted
   */
  public record Tally(
      @JsonProperty("count") long count, @JsonProperty("examples") List<String> examples) {
    /** Copies the list. */
    public Tally {
      examples = List.copyOf(examples);
    }

    private Tally plus(Tally other) {
      TreeSet<String> names = new TreeSet<>(examples);
      names.addAll(other.examples);
      return new Tally(count + other.count, names.stream().limit(EXAMPLES).toList());
    }
  }

  /**
   * Counts one item.
   *
   * @param reason why it is left out, as people read it in front of a number: {@code ending .webp}
   * @param name of the item, such as its path in the input
   */
  public void count(String reason, String name) {
    add(reason, new Tally(1, List.of(name)));
  }

  /** Adds what another account counted. */
  public void add(Account other) {
    other.reasons.forEach(this::add);
  }

  private void add(String reason, Tally tally) {
    reasons.merge(reason, tally, Tally::plus);
  }

  /** Returns what was counted, in the order of the reasons; it follows later counts. */
  @JsonValue
  public Map<String, Tally> reasons() {
    return Collections.unmodifiableMap(reasons);
  }

  /** Returns how many items were left out, for all reasons. */
  public long total() {
    return reasons.values().stream().mapToLong(Tally::count).sum();
  }

  /** Returns whether nothing was left out. */
  public boolean isEmpty() {
    return reasons.isEmpty();
  }

  /** Reads what {@link #reasons} gave. */
  @JsonCreator
  public static Account of(Map<String, Tally> reasons) {
    Account account = new Account();
    reasons.forEach(account::add);
    return account;
  }

  /** Returns one line of JSON. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param where what holds it, for messages
   */
  public static Account parse(String json, String where) {
    try {
      return JSON.readValue(json, Account.class);
    } catch (JsonProcessingException e) {
      throw new DataException(
          where + " does not say what was left out: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Account account && account.reasons.equals(reasons);
  }

  @Override
  public int hashCode() {
    return reasons.hashCode();
  }

  /** Returns the reasons with their numbers: {@code ending .tif 3, ending .webp 8}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    reasons.forEach(
        (reason, tally) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(reason)
                .append(' ')
                .append(tally.count()));
    return text.toString();
  }
}
