package dev.convoy.spark.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/**
 * Why YARN ended executors. Spark hands the reason on for an executor that has registered; for one
 * that had not, it writes it to its log alone.
 */
final class RemovedExecutors extends AbstractAppender {
  private static final String BACKEND = "org.apache.spark.scheduler.cluster";
  private static final Pattern REMOVED =
      Pattern.compile(
          "Requesting driver to remove executor (\\S+) for reason (.*)", Pattern.DOTALL);

  private final Map<String, String> reasons = new ConcurrentSkipListMap<>();

  private RemovedExecutors() {
    super("removed-executors", null, null, true, Property.EMPTY_ARRAY);
  }

  /** Watches the log of this process from now on. */
  static RemovedExecutors watch() {
    RemovedExecutors removed = new RemovedExecutors();
    removed.start();
    // Anything else is no log that can be watched.
    if (LogManager.getLogger(BACKEND) instanceof Logger logger) {
      logger.addAppender(removed);
      // Else what it says would reach this appender alone, and not the log.
      logger.setAdditive(true);
    }
    return removed;
  }

  /** Ends the watch. */
  void close() {
    if (LogManager.getLogger(BACKEND) instanceof Logger logger) {
      logger.removeAppender(this);
    }
    stop();
  }

  /** Returns the reason for each, by their numbers. */
  Map<String, String> reasons() {
    return reasons;
  }

  @Override
  public void append(LogEvent event) {
    said(event.getMessage().getFormattedMessage());
  }

  /** Takes note of a line of Spark's log. */
  void said(String line) {
    Matcher matcher = REMOVED.matcher(line);
    if (matcher.matches()) {
      reasons.put(matcher.group(1), matcher.group(2).strip().lines().findFirst().orElse(""));
    }
  }
}
