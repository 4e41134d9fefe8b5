package dev.convoy.weights;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The prefix that programs put before the name of every tensor when they wrap a network: {@code
 * module.} by torch's DataParallel, {@code _orig_mod.} by torch.compile, others by habit.
 */
public final class TensorPrefix {
  private static final List<String> KNOWN =
      List.of(
          "module.",
          "_orig_mod.",
          "model.",
          "backbone.",
          "net.",
          "network.",
          "state_dict.",
          "_forward_module.");

  private TensorPrefix() {}

  /**
   * Returns the prefix that all names have, which may be made of several; empty if there is none.
   */
  public static String of(Collection<String> names) {
    String prefix = "";
    if (names.isEmpty()) {
      return prefix;
    }
    while (true) {
      String before = prefix;
      Optional<String> next =
          KNOWN.stream()
              .filter(known -> names.stream().allMatch(name -> name.startsWith(before + known)))
              .findFirst();
      if (next.isEmpty() || names.contains(before + next.get())) {
        return before;
      }
      prefix = before + next.get();
    }
  }
}
