package dev.convoy.spark.app.local;

import dev.convoy.loss.Losses;
import dev.convoy.spark.train.ExitStatus;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code convoy losses}: the losses there are. */
@Command(
    name = "losses",
    mixinStandardHelpOptions = true,
    description = "Prints the losses that train.loss.name can name.")
public final class LossesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Losses.all().forEach(loss -> out.println(loss.name() + "  " + loss.summary()));
    out.flush();
    return ExitStatus.DONE.code();
  }
}
