package dev.convoy.spark.app.launch;

import dev.convoy.spark.cluster.FailureText;
import dev.convoy.spark.train.ExitStatus;
import java.util.List;
import org.apache.spark.deploy.SparkSubmit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spark's own submission, with failures told in one sentence: what Spark refuses before Convoy
 * begins would otherwise end in a stack trace.
 */
public final class SparkSubmission {
  private static final Logger LOG = LoggerFactory.getLogger(SparkSubmission.class);

  private SparkSubmission() {}

  /** Submits with the arguments of {@code spark-submit}. */
  public static void main(String[] args) {
    ClusterSubmission cluster = ClusterSubmission.watch(List.of(args), System.err::println);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> cluster.lost().ifPresent(SparkSubmission::halt)));
    try {
      UnnamedUser.logIn();
      SparkSubmit.main(args);
    } catch (Throwable refused) { // whatever it is, a person reads it
      LOG.error("Spark did not start", refused);
      System.err.println(
          "convoy: failed: "
              + cluster.failure().orElseGet(() -> "Spark did not start: " + FailureText.of(refused))
              + Logging.whereTheTraceIs());
      System.exit(ExitStatus.FAILED.code());
    }
  }

  private static void halt(String sentence) {
    System.err.println("convoy: failed: " + sentence);
    Runtime.getRuntime().halt(ExitStatus.FAILED.code());
  }
}
