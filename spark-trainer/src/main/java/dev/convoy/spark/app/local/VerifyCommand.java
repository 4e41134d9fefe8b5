package dev.convoy.spark.app.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.convoy.nn.Network;
import dev.convoy.spark.app.options.LocalOptions;
import dev.convoy.spark.app.options.NetworkArgument;
import dev.convoy.spark.cluster.SparkApplication;
import dev.convoy.spark.train.ExitStatus;
import dev.convoy.spark.verify.Comparison;
import dev.convoy.spark.verify.Dump;
import dev.convoy.spark.verify.Verification;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoy verify}: Convoy's numbers against another engine's. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the steps that another engine has dumped, and prints one JSON line of relative L2"
          + " errors.",
      "DIR has weights.safetensors, run.safetensors, gradients.safetensors and"
          + " updated.safetensors. The exit status is 1 if an error is above 0.001."
    },
    footer = {"", "Example:", "  convoy verify lenet5-modern --against dumps/lenet5"})
public final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LocalOptions options;

  @Parameters(paramLabel = "NETWORK", description = "Name of the network, such as lenet5-modern.")
  private String network;

  @Option(
      names = "--against",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the dump, a path or URI.")
  private String against;

  @Override
  public Integer call() throws IOException {
    NetworkArgument.known(network);
    Dump dump = Dump.read(against, SparkApplication.hadoopConfiguration());
    Network built = NetworkArgument.named(network, dump.input(), dump.classes());
    Comparison comparison =
        new Verification(dump, built, options.kernels().kernels(), options.loss(network)).run();
    var out = spec.commandLine().getOut();
    out.println(new ObjectMapper().writeValueAsString(comparison));
    out.flush();
    return (comparison.agrees() ? ExitStatus.DONE : ExitStatus.FAILED).code();
  }
}
