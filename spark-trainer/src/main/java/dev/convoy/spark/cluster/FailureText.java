package dev.convoy.spark.cluster;

import dev.convoy.data.store.StoreException;
import dev.convoy.data.store.StoreFault;
import java.io.FileNotFoundException;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import org.apache.hadoop.fs.FSError;

/** The sentence that tells a person of any exception or error. */
public final class FailureText {
  private FailureText() {}

  /** Returns one line without a trace, in words that say more to a user than Java's own. */
  public static String of(Throwable failure) {
    Throwable named = withMessage(failure);
    String said = firstLine(named);
    if (named instanceof OutOfMemoryError) {
      return ofMemory(named, "raise it by JDK_JAVA_OPTIONS=-Xmx8g");
    }
    if (named instanceof StackOverflowError) {
      return "the stack of a thread is full; raise it by -Xss4m";
    }
    if (named instanceof NoClassDefFoundError || named instanceof ClassNotFoundException) {
      return "the class %s is missing; Convoy's jar and Spark's jars do not belong together"
          .formatted(said.replace('/', '.'));
    }
    if (named instanceof FileNotFoundException && !said.contains(" ")) {
      return "there is no file " + said;
    }
    if (named instanceof StoreException || named instanceof ClusterException) {
      return said;
    }
    // Hadoop's own text may have pages, of which the first line has a host and the fault.
    return StoreFault.of(named)
        .filter(fault -> fault != StoreFault.FULL && fault != StoreFault.DENIED)
        .flatMap(fault -> StoreFault.sentenceOf(named))
        .orElse(said);
  }

  /**
   * Returns the sentence about memory that is full.
   *
   * @param heapAdvice what to do about the heap, which is not the same for driver and executors
   */
  static String ofMemory(Throwable error, String heapAdvice) {
    String said = firstLine(error);
    String lower = said.toLowerCase(Locale.ROOT);
    String full;
    String advice;
    if (lower.contains("metaspace") || lower.contains("compressed class")) {
      full = "memory for classes";
      advice = "raise it by -XX:MaxMetaspaceSize";
    } else if (lower.contains("direct")) {
      full = "memory outside of the heap";
      advice = "raise it by -XX:MaxDirectMemorySize";
    } else if (lower.contains("thread")) {
      return "the system gives no further thread (" + said + "); see ulimit -u";
    } else {
      full = "heap";
      advice = heapAdvice;
    }
    return String.format(Locale.ROOT, "the %s of the JVM is full (%s); %s", full, said, advice);
  }

  /**
   * Returns the first exception along the chain of causes that has a message; class initializers
   * wrap theirs in one without.
   */
  private static Throwable withMessage(Throwable failure) {
    Throwable t = failure;
    while (t.getCause() != null
        && (t.getMessage() == null
            || t instanceof ExceptionInInitializerError
            || t instanceof InvocationTargetException
            || t instanceof FSError)) {
      t = t.getCause();
    }
    return t;
  }

  private static String firstLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : message.strip().lines().findFirst().orElseThrow();
  }
}
