package dev.convoy.data.loader;

import dev.convoy.data.DataException;
import dev.convoy.data.OnCorrupt;
import dev.convoy.data.input.CorruptSample;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Decides what becomes of corrupt samples: whether a run fails or goes on without them. What is
 * skipped depends on the data alone, never on who reads it or when, so a run that skips has one
 * hash too. Any thread may use it.
 */
public final class CorruptSamplePolicy {
  /** Ends whatever meets a corrupt sample. */
  public static final CorruptSamplePolicy FAIL =
      new CorruptSamplePolicy(OnCorrupt.FAIL, sentence -> {});

  private final OnCorrupt onCorrupt;
  private final Consumer<String> notices;
  private final Set<Integer> met = ConcurrentHashMap.newKeySet();

  /**
   * Creates a policy.
   *
   * @param notices gets a sentence for each sample that is skipped, however often it is met
   */
  public CorruptSamplePolicy(OnCorrupt onCorrupt, Consumer<String> notices) {
    this.onCorrupt = onCorrupt;
    this.notices = notices;
  }

  /**
   * Reports a corrupt sample.
   *
   * @throws DataException if it must not be skipped
   */
  void report(int id, CorruptSample problem) {
    if (onCorrupt == OnCorrupt.FAIL) {
      throw new DataException(
          problem.getMessage() + "; data.on-corrupt = skip goes on without such samples", problem);
    }
    if (met.add(id)) {
      notices.accept("skipped sample " + id + ": " + problem.getMessage());
    }
  }
}
