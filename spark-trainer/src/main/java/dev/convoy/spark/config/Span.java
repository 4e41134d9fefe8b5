package dev.convoy.spark.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of training, in epochs (passes over the training data) or in steps (weight updates). */
public sealed interface Span {

  /** Returns the number of steps in this span, given how many steps an epoch has. */
  long inSteps(long stepsPerEpoch);

  /** A whole number of passes over the training data. */
  record Epochs(int count) implements Span {
    @Override
    public long inSteps(long stepsPerEpoch) {
      return Math.multiplyExact(count, stepsPerEpoch);
    }

    @Override
    public String toString() {
      return count == 1 ? "1 epoch" : count + " epochs";
    }
  }

  /** A number of weight updates. */
  record Steps(long count) implements Span {
    @Override
    public long inSteps(long stepsPerEpoch) {
      return count;
    }

    @Override
    public String toString() {
      return count == 1 ? "1 step" : count + " steps";
    }
  }

  /** Reads {@code "3 epochs"} or {@code "1000 steps"}; empty where it is neither. */
  static Optional<Span> parse(String text) {
    Matcher matcher = Pattern.compile("([1-9][0-9]{0,8}) ?(epoch|step)s?").matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int count = Integer.parseInt(matcher.group(1));
    return Optional.of(matcher.group(2).equals("epoch") ? new Epochs(count) : new Steps(count));
  }
}
