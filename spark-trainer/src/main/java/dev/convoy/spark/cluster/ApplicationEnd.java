package dev.convoy.spark.cluster;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/**
 * The reason why a cluster manager gave the application up. Spark stops the context then, without
 * an exception where no job runs, and writes the reason to its log alone.
 */
final class ApplicationEnd extends AbstractAppender {
  /** Where Spark's classes for each kind of cluster manager are. */
  private static final String BACKENDS = "org.apache.spark.scheduler.cluster";

  private static final Pattern STANDALONE =
      Pattern.compile("Application has been killed\\. Reason: (.*)");
  private static final Pattern YARN =
      Pattern.compile("(YARN application has exited unexpectedly with state \\w+)!.*");
  private static final Pattern YARN_DIAGNOSTICS = Pattern.compile("Diagnostics message: (.*)");

  private volatile String reason;

  private ApplicationEnd() {
    super("application-end", null, null, true, Property.EMPTY_ARRAY);
  }

  /** Watches the log of this process from now on. */
  static ApplicationEnd watch() {
    ApplicationEnd end = new ApplicationEnd();
    end.start();
    // Anything else is no log that can be watched.
    if (LogManager.getLogger(BACKENDS) instanceof Logger logger) {
      logger.addAppender(end);
      // Else what it says would reach this appender alone, and not the log.
      logger.setAdditive(true);
    }
    return end;
  }

  /** Ends the watch. */
  void close() {
    if (LogManager.getLogger(BACKENDS) instanceof Logger logger) {
      logger.removeAppender(this);
    }
    stop();
  }

  /** Returns the first reason that Spark gave, if it has given the application up. */
  Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  @Override
  public void append(LogEvent event) {
    if (event.getLevel().isMoreSpecificThan(Level.ERROR)) {
      said(event.getMessage().getFormattedMessage());
    }
  }

  /** Takes note of an error that a cluster manager's part of Spark has logged. */
  synchronized void said(String error) {
    String line = error.strip().lines().findFirst().orElse("");
    Matcher diagnostics = YARN_DIAGNOSTICS.matcher(line);
    if (diagnostics.matches() && reason != null) {
      reason += ": " + diagnostics.group(1);
      return;
    }
    for (Pattern pattern : new Pattern[] {STANDALONE, YARN}) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.matches() && reason == null) {
        reason = matcher.group(1);
      }
    }
  }
}
