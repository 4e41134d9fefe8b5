package dev.convoy.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The things of one kind that go by names, such as all optimizers, and the sentence that refuses
 * another name.
 *
 * @param <T> what an entry is
 */
public final class Registry<T> {
  private final String unknown;
  private final Function<String, ? extends RuntimeException> refusal;
  private final List<T> all;
  private final Map<String, T> byName = new LinkedHashMap<>();

  /**
   * Creates a registry.
   *
   * @param unknown how the refusal of a name begins: "the optimizer %s is unknown"
   * @param refusal makes an exception of the whole sentence
   * @param name tells the name of an entry
   * @param all the entries, in the order in which sentences list them
   * @throws IllegalStateException if two entries have the same name
   */
  public Registry(
      String unknown,
      Function<String, ? extends RuntimeException> refusal,
      Function<? super T, String> name,
      List<? extends T> all) {
    this.unknown = unknown;
    this.refusal = refusal;
    this.all = List.copyOf(all);
    for (T entry : this.all) {
      if (byName.put(name.apply(entry), entry) != null) {
        throw new IllegalStateException("two entries have the name " + name.apply(entry));
      }
    }
  }

  /** Returns all entries. */
  public List<T> all() {
    return all;
  }

  /** Returns the names of all entries. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** Returns the entry of that name, or throws the refusal, which lists all names. */
  public T named(String name) {
    T entry = byName.get(name);
    if (entry == null) {
      throw refusal.apply(
          unknown.formatted(name) + "; allowed are " + String.join(", ", byName.keySet()));
    }
    return entry;
  }
}
