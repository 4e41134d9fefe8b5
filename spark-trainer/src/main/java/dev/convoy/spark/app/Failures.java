package dev.convoy.spark.app;

import dev.convoy.data.DataException;
import dev.convoy.spark.app.launch.Logging;
import dev.convoy.spark.app.text.ErrorLine;
import dev.convoy.spark.cluster.FailureText;
import dev.convoy.spark.cluster.Interruption;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.train.ExitStatus;
import dev.convoy.weights.SafetensorsException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what a command throws into one sentence for the user and an exit status. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  /** What is thrown for a user's mistake; each message is one sentence for the user. */
  private static final Set<Class<? extends Throwable>> MISTAKES =
      Set.of(UserError.class, DataException.class, SafetensorsException.class);

  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    ErrorLine.print(command, wrong.getMessage().replaceFirst("^Error: ", ""));
    if (!UnmatchedArgumentException.printSuggestions(wrong, command.getErr())) {
      command.getErr().println(command.getHelp().fullSynopsis().strip());
    }
    command.getErr().println("See " + command.getCommandSpec().qualifiedName() + " --help.");
    command.getErr().flush();
    return ExitStatus.WRONG_USE.code();
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult parseResult) {
    return tell(failure, command);
  }

  /** Tells of an exception, or of an error that ended the main thread, and chooses the status. */
  static int tell(Throwable failure, CommandLine command) {
    Interruption.awaitEnd();
    Throwable mistake = mistakeIn(failure);
    if (mistake != null) {
      // The whole message: a line end in it comes from a name, and the sentence goes on behind it.
      ErrorLine.print(command, String.valueOf(mistake.getMessage()).strip());
      return ExitStatus.WRONG_USE.code();
    }
    LOG.error("{} failed", command.getCommandSpec().qualifiedName(), failure);
    ErrorLine.print(command, "failed: " + FailureText.of(failure) + Logging.whereTheTraceIs());
    return ExitStatus.FAILED.code();
  }

  /** Tells of an exception that ended a thread nobody waits for; the command itself goes on. */
  static void tellOfThread(Thread thread, Throwable failure, CommandLine command) {
    if (!Interruption.isEnding()) {
      LOG.error("the thread {} failed", thread.getName(), failure);
      ErrorLine.print(
          command,
          "the thread "
              + thread.getName()
              + " failed: "
              + FailureText.of(failure)
              + Logging.whereTheTraceIs());
    }
  }

  /** Returns the first of the user's mistakes along the chain of causes, or null. */
  private static Throwable mistakeIn(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (isMistake(t)) {
        return t;
      }
    }
    return null;
  }

  private static boolean isMistake(Throwable failure) {
    return MISTAKES.stream().anyMatch(kind -> kind.isInstance(failure));
  }
}
