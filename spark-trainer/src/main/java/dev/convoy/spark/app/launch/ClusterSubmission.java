package dev.convoy.spark.app.launch;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/**
 * What the submission of an application whose driver runs in the cluster says in Spark's log alone:
 * the application's number, and why its driver has failed.
 */
final class ClusterSubmission extends AbstractAppender {
  private static final String CLIENT = "org.apache.spark.deploy";
  private static final Pattern SUBMITTED =
      Pattern.compile("Application report for (application_\\d+_\\d+) .*", Pattern.DOTALL);
  private static final Pattern FAILED =
      Pattern.compile("Application diagnostics message: (.*)", Pattern.DOTALL);

  private static final Pattern STANDALONE =
      Pattern.compile(
          "State of (?:driver )?(driver-\\S+) is (FAILED|ERROR|KILLED).*", Pattern.DOTALL);

  /** What Convoy throws in an application master, alone or as a cause. */
  private static final Pattern THROWN = Pattern.compile("YarnDriver\\$Ended: ([^\\n]*)");

  private final boolean elsewhere;
  private final Consumer<String> console;
  private String application;
  private String failure;
  private String lost;

  ClusterSubmission(List<String> words, Consumer<String> console) {
    super("cluster-submission", null, null, true, Property.EMPTY_ARRAY);
    this.elsewhere = isElsewhere(words);
    this.console = console;
  }

  /**
   * Watches the log of this process from now on.
   *
   * @param words the arguments of spark-submit
   * @param console gets a line that names an application whose driver is not here
   */
  static ClusterSubmission watch(List<String> words, Consumer<String> console) {
    ClusterSubmission submission = new ClusterSubmission(words, console);
    submission.start();
    // Anything else is no log that can be watched.
    if (LogManager.getLogger(CLIENT) instanceof Logger logger) {
      logger.addAppender(submission);
      // Else what it says would reach this appender alone, and not the log.
      logger.setAdditive(true);
    }
    return submission;
  }

  /** Returns why the driver has failed, if it was started. */
  synchronized Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Returns how the driver has ended on a standalone cluster, if it has failed: Spark itself exits
   * with status 0 then.
   */
  synchronized Optional<String> lost() {
    return Optional.ofNullable(lost);
  }

  @Override
  public void append(LogEvent event) {
    said(event.getMessage().getFormattedMessage());
  }

  /** Takes note of a line of Spark's log. */
  synchronized void said(String message) {
    Matcher submitted = SUBMITTED.matcher(message);
    if (application == null && submitted.matches() && elsewhere) {
      application = submitted.group(1);
      console.accept(
          "convoy: submitted "
              + application
              + ", whose driver runs in the cluster: yarn logs -applicationId "
              + application
              + " shows what it prints");
    }
    Matcher standalone = STANDALONE.matcher(message);
    if (standalone.matches()) {
      lost =
          "the driver %s has ended as %s; what it printed is in its worker's folder work/%s"
              .formatted(standalone.group(1), standalone.group(2), standalone.group(1));
    }
    Matcher failed = FAILED.matcher(message);
    if (failed.matches()) {
      String diagnostics = failed.group(1).strip();
      Matcher thrown = THROWN.matcher(diagnostics);
      String line =
          thrown.find() ? thrown.group(1).strip() : diagnostics.lines().findFirst().orElse("");
      failure = line.replaceFirst("^failed: ", "") + " (" + application + ")";
    }
  }

  private static boolean isElsewhere(List<String> words) {
    int option = words.indexOf("--deploy-mode");
    return option >= 0 && words.subList(option, words.size()).indexOf("cluster") == 1;
  }
}
