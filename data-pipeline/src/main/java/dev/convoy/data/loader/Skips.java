package dev.convoy.data.loader;

import dev.convoy.data.DataException;
import dev.convoy.data.OnCorrupt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What becomes of corrupt samples. What is skipped depends on the data alone, never on who reads it
 * or when, so a run that skips has one hash too. Any thread may use it.
 */
public final class Skips {
  /** Ends whatever meets a corrupt sample. */
  public static final Skips REFUSED = new Skips(OnCorrupt.FAIL, sentence -> {});

  private final OnCorrupt onCorrupt;
  private final Consumer<String> notices;
  private final Set<Integer> met = ConcurrentHashMap.newKeySet();

  /**
   * Skips, or fails.
   *
   * @param notices gets a sentence for each sample that is skipped, however often it is met
   */
  public Skips(OnCorrupt onCorrupt, Consumer<String> notices) {
    this.onCorrupt = onCorrupt;
    this.notices = notices;
  }

  /**
   * A corrupt sample was met.
   *
   * @throws DataException if it must not be skipped
   */
  void met(int id, CorruptSample problem) {
    if (onCorrupt == OnCorrupt.FAIL) {
      throw new DataException(
          problem.getMessage() + "; data.on-corrupt = skip goes on without such samples", problem);
    }
    if (met.add(id)) {
      notices.accept("skipped sample " + id + ": " + problem.getMessage());
    }
  }
}
