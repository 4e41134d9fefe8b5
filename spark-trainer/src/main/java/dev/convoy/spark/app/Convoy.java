package dev.convoy.spark.app;

import dev.convoy.data.store.Stores;
import dev.convoy.spark.app.launch.UnnamedUser;
import dev.convoy.spark.app.text.ErrorLine;
import dev.convoy.spark.app.text.PrintableWriter;
import dev.convoy.spark.telemetry.Versions;
import dev.convoy.spark.train.ExitStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: {@code convoy COMMAND …}. */
@Command(
    name = "convoy",
    description = "Trains convolutional networks on Apache Spark; one hash for every cluster.",
    mixinStandardHelpOptions = true,
    versionProvider = Convoy.Version.class,
    subcommands = CommandLine.HelpCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  convoy train conf/lenet5-fashion-mnist.conf",
      "  convoy help train"
    })
public final class Convoy implements Runnable {
  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"convoy " + Versions.ofConvoy()};
    }
  }

  @Spec private CommandSpec spec;

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] args) {
    UnnamedUser.logIn();
    CommandLine convoy = commandLine(Commands.all());
    Stores.tell(waiting -> ErrorLine.print(convoy, waiting));
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> Failures.tellOfThread(thread, failure, convoy));
    int status = execute(convoy, args);
    if (YarnDriver.isThisProcess()) {
      YarnDriver.end(status);
    } else {
      System.exit(status);
    }
  }

  /**
   * Executes a command; errors, such as a full heap, pass the handlers of exceptions and are told
   * here.
   */
  private static int execute(CommandLine convoy, String[] args) {
    try {
      return convoy.execute(args);
    } catch (Error e) {
      return Failures.tell(e, convoy);
    }
  }

  /** Returns the whole command line over the given commands, each annotated with its name. */
  static CommandLine commandLine(List<?> commands) {
    CommandLine convoy = new CommandLine(new Convoy());
    commands.forEach(convoy::addSubcommand);
    Map<String, String> statuses = new LinkedHashMap<>();
    for (ExitStatus status : ExitStatus.values()) {
      statuses.put(Integer.toString(status.code()), status.meaning());
    }
    convoy.getSubcommands().values().forEach(command -> describe(command, statuses));
    describe(convoy, statuses);
    Failures failures = new Failures();
    return convoy
        .setOut(new PrintableWriter(convoy.getOut()))
        .setErr(new PrintableWriter(convoy.getErr()))
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures)
        .setUsageHelpAutoWidth(true);
  }

  private static void describe(CommandLine command, Map<String, String> statuses) {
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit status:%n")
        .exitCodeList(statuses)
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n");
  }

  /** Refuses a command line without a command. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is needed");
  }
}
