package dev.convoy.data.decode.jpeg;

import dev.convoy.data.decode.jpeg.JpegException.Kind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts what has been tolerated of a file. */
public final class JpegFaults {
  private final Map<JpegFault, Integer> counts = new EnumMap<>(JpegFault.class);
  private boolean strict;

  JpegFaults() {}

  /** Forgets all; a strict count refuses damage. */
  void reset(boolean refusesDamage) {
    strict = refusesDamage;
    counts.clear();
  }

  /** Counts a fault, or refuses the file. */
  void add(JpegFault fault) throws JpegException {
    counts.merge(fault, 1, Integer::sum);
    if (strict && fault.damage()) {
      throw new JpegException(
          fault == JpegFault.EARLY_END ? Kind.TRUNCATED : Kind.BROKEN, fault.text());
    }
  }

  /** Counts that the file cannot be read on, or refuses it. */
  void damaged(JpegException cause) throws JpegException {
    counts.merge(JpegFault.BROKEN_SEGMENT, 1, Integer::sum);
    if (strict) {
      throw cause;
    }
  }

  /** Returns how often a fault has been met; 0 if it has not. */
  public int count(JpegFault fault) {
    return counts.getOrDefault(fault, 0);
  }

  /** Returns which faults have been met. */
  public Set<JpegFault> met() {
    return Collections.unmodifiableSet(counts.keySet());
  }

  /** Returns whether nothing is wrong. */
  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** Returns whether pixels are missing or guessed. */
  public boolean damaged() {
    return counts.keySet().stream().anyMatch(JpegFault::damage);
  }

  @Override
  public String toString() {
    return counts.entrySet().stream()
        .map(it -> it.getKey().text() + " (" + it.getValue() + ")")
        .collect(Collectors.joining(", "));
  }
}
