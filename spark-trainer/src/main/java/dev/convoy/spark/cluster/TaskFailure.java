package dev.convoy.spark.cluster;

import dev.convoy.collective.transport.CollectiveException;
import dev.convoy.data.DataException;
import dev.convoy.data.store.StoreFault;
import dev.convoy.spark.config.UserError;
import dev.convoy.weights.SafetensorsException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkException;

/**
 * A failure that the same task would meet again, as a sentence for a person. Everything else, such
 * as an executor that was lost or a connection that broke, may be healed by another attempt.
 *
 * @param refused whether the user's data or configuration is at fault; else it is the machine, or
 *     this program
 * @param sentence what is wrong and, where that is known, how to mend it
 */
public record TaskFailure(boolean refused, String sentence) {
  private static final List<Class<? extends Throwable>> MISTAKES =
      List.of(UserError.class, DataException.class, SafetensorsException.class);

  /** What is thrown where a program is wrong, or is not all there. */
  private static final List<Class<? extends Throwable>> FAULTS =
      List.of(
          IllegalArgumentException.class,
          IllegalStateException.class,
          UnsupportedOperationException.class,
          NullPointerException.class,
          IndexOutOfBoundsException.class,
          ArithmeticException.class,
          ClassCastException.class,
          AssertionError.class,
          StackOverflowError.class,
          LinkageError.class);

  /**
   * Returns the failure that a task's exception stands for, or nothing if another attempt may end
   * otherwise.
   */
  public static Optional<TaskFailure> of(Throwable thrown) {
    Throwable failure = cause(thrown);
    Optional<Throwable> mistake = inChain(failure, MISTAKES);
    if (mistake.isPresent()) {
      return Optional.of(new TaskFailure(true, FailureText.of(mistake.get())));
    }
    Optional<Throwable> memory = inChain(failure, List.of(OutOfMemoryError.class));
    if (memory.isPresent()) {
      return Optional.of(
          new TaskFailure(
              false,
              "out of memory on an executor: "
                  + FailureText.ofMemory(memory.get(), "raise cluster.memory")));
    }
    if (failure instanceof CollectiveException) {
      return Optional.empty();
    }
    if (inChain(failure, List.of(IOException.class)).isPresent()) {
      return lasts(failure)
          ? Optional.of(new TaskFailure(false, FailureText.of(failure)))
          : Optional.empty();
    }
    return inChain(failure, FAULTS).map(fault -> new TaskFailure(false, FailureText.of(fault)));
  }

  /**
   * Returns the failure of a stage whose tasks could not say it themselves: Spark knows a process
   * whose heap was full by its exit status.
   */
  public static Optional<TaskFailure> of(SparkException stage) {
    return StageFailure.isHeapFull(stage)
        ? Optional.of(new TaskFailure(false, StageFailure.of(stage)))
        : Optional.empty();
  }

  /** Returns the cause of an exception by which a rank tells of its own failure. */
  private static Throwable cause(Throwable thrown) {
    return thrown instanceof CollectiveException collective
            && collective.kind() == CollectiveException.Kind.INTERNAL
            && collective.getCause() != null
        ? collective.getCause()
        : thrown;
  }

  private static boolean lasts(Throwable failure) {
    Optional<StoreFault> fault = StoreFault.of(failure);
    return fault.isPresent()
        // An unknown host may be known again once its name server answers.
        ? fault.get() == StoreFault.FULL
            || (fault.get().isMistake() && fault.get() != StoreFault.UNKNOWN_HOST)
        : inChain(failure, List.of(FileNotFoundException.class)).isPresent();
  }

  private static Optional<Throwable> inChain(
      Throwable failure, List<Class<? extends Throwable>> types) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      for (Class<? extends Throwable> type : types) {
        if (type.isInstance(t)) {
          return Optional.of(t);
        }
      }
    }
    return Optional.empty();
  }
}
