package dev.convoy.spark.app.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.convoy.nn.FusionPlan;
import dev.convoy.nn.MemoryTable;
import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkTable;
import dev.convoy.spark.app.options.ImageShapeOption;
import dev.convoy.spark.app.options.LocalOptions;
import dev.convoy.spark.app.options.NetworkArgument;
import dev.convoy.spark.app.options.Require;
import dev.convoy.spark.app.options.ThreadsOption;
import dev.convoy.spark.config.KeyListing;
import dev.convoy.spark.config.UserError;
import dev.convoy.spark.train.ExitStatus;
import dev.convoy.zoo.Zoo;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoy describe}: a network's table. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a network's layers: kernel, output shape, parameters, multiply-adds, memory.",
      "`sees` is the receptive field, the side of the square of the image that an output depends on."
          + " Parameters are those that are trained; multiply-adds are of one image, forward; the memory is"
          + " that of one image's activations as a forward pass holds them, and training needs it"
          + " twice."
    },
    footer = {
      "",
      "Examples:",
      "  convoy describe",
      "  convoy describe lenet5",
      "  convoy describe --keys",
      "  convoy describe lenet5-modern --json",
      "  convoy describe resnet18 --input 64x64x3 --classes 200",
      "  convoy describe lenet5-modern --memory --batch 128",
      "  convoy describe resnet18 --fusion"
    })
public final class DescribeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private LocalOptions options;
  @Mixin private ImageShapeOption input;
  @Mixin private ThreadsOption threads;

  @Parameters(
      paramLabel = "NETWORK",
      arity = "0..1",
      description =
          "Name of the network, such as lenet5-modern. Without it: the networks there are.")
  private String network;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Number of classes. Default: as many as the network's paper had.")
  private Integer classes;

  @Option(
      names = "--keys",
      description =
          "Prints the keys of the configuration instead: default, meaning, what is allowed.")
  private boolean keys;

  @Option(names = "--json", description = "Prints one line of JSON.")
  private boolean json;

  @Option(
      names = "--memory",
      description = "Prints what a training step needs in memory, layer by layer.")
  private boolean memory;

  @Option(
      names = "--fusion",
      description =
          "Prints which layers do a part of another layer's work while the data is in the cache.")
  private boolean fusion;

  @Option(names = "--batch", paramLabel = "B", description = "Images in that step. Default: 16.")
  private int batch = 16;

  @Override
  public Integer call() throws JsonProcessingException {
    PrintWriter out = spec.commandLine().getOut();
    if (keys) {
      printKeys(out);
    } else if (network == null) {
      printNames(out);
    } else {
      printNetwork(out);
    }
    out.flush();
    return ExitStatus.DONE.code();
  }

  private void printKeys(PrintWriter out) {
    if (network != null) {
      throw new UserError("--keys describes no network: leave out " + network);
    }
    KeyListing.lines().forEach(out::println);
  }

  private static void printNames(PrintWriter out) {
    for (String name : Zoo.names()) {
      Network built = NetworkArgument.named(name, null, null);
      out.printf(
          Locale.ROOT,
          "%-20s  %,13d parameters  %,15d multiply-adds%n",
          name,
          built.trainable(),
          built.multiplyAdds());
    }
  }

  private void printNetwork(PrintWriter out) throws JsonProcessingException {
    Network built = NetworkArgument.named(network, input.shape(), NetworkArgument.classes(classes));
    if (memory) {
      printMemory(built, out);
      return;
    }
    if (fusion) {
      printFusion(built, out);
      return;
    }
    NetworkTable table = NetworkTable.of(built);
    boolean connections = Zoo.named(network).countsConnections();
    if (json) {
      out.println(json(table, connections));
    } else {
      new NetworkTableText(table, connections).lines().forEach(out::println);
    }
  }

  private void printMemory(Network built, PrintWriter out) throws JsonProcessingException {
    int images = Require.atLeast(1, "--batch", batch);
    MemoryTable table;
    try {
      table = MemoryTable.of(built, options.kernels().kernels(), images, threads.threads());
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
    if (json) {
      out.println(json(table));
    } else {
      new MemoryTableText(table).lines().forEach(out::println);
    }
  }

  private void printFusion(Network built, PrintWriter out) throws JsonProcessingException {
    FusionPlan training = FusionPlan.training(built);
    FusionPlan evaluation = FusionPlan.evaluation(built);
    if (json) {
      ObjectMapper mapper = new ObjectMapper();
      ObjectNode json = mapper.createObjectNode().put("network", built.name());
      put(json.putArray("training_forward"), training.forward());
      put(json.putArray("training_backward"), training.backward());
      put(json.putArray("evaluation"), evaluation.forward());
      out.println(mapper.writeValueAsString(json));
    } else {
      new FusionPlanText(built.name(), training, evaluation).lines().forEach(out::println);
    }
  }

  private static void put(ArrayNode array, List<FusionPlan.Fusion> fusions) {
    for (FusionPlan.Fusion fusion : fusions) {
      array
          .addObject()
          .put("layer", fusion.host().name())
          .put("work", fusion.work())
          .put("of", fusion.guest().name());
    }
  }

  private static String json(MemoryTable table) throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    json.put("network", table.network()).put("batch", table.images());
    ArrayNode layers = json.putArray("layers");
    for (MemoryTable.Row row : table.rows()) {
      ObjectNode layer = layers.addObject().put("name", row.name());
      layer.put("kept_bytes", row.kept()).put("passing_bytes", row.passing());
      layer.put("gradient_bytes", row.gradient()).put("kernel_bytes", row.kernels());
    }
    json.put("input_bytes", table.input());
    json.put("weights_bytes", table.weights());
    json.put("gradient_sum_bytes", table.gradientSum());
    json.put("momentum_bytes", table.momentum());
    json.put("activations_bytes", table.values());
    json.put("activation_gradients_bytes", table.valueGradients());
    json.put("shared_bytes", table.shared());
    json.put("kernel_bytes", table.kernels());
    json.put("scratch_bytes", table.scratch());
    json.put("total_bytes", table.total());
    json.put("total_without_sharing_bytes", table.totalWithoutSharing());
    return mapper.writeValueAsString(json);
  }

  private static String json(NetworkTable table, boolean connections)
      throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    json.put("network", table.network()).put("input", table.input().toString());
    ArrayNode layers = json.putArray("layers");
    for (NetworkTable.Row row : table.rows()) {
      ObjectNode layer = layers.addObject().put("name", row.name()).put("kind", row.kind());
      if (row.window() != null) {
        layer.put("kernel", row.window().size());
        layer.put("stride", row.window().stride()).put("padding", row.window().padding());
      }
      layer.put("output", row.output().toString());
      put(layer, connections, row.parameters(), row.multiplyAdds(), row.connections());
      layer.put("receptive_field", row.receptiveField());
      layer.put("activation_bytes", row.activationBytes());
    }
    put(json, connections, table.parameters(), table.multiplyAdds(), table.connections());
    json.put("inference_parameters", table.inference().parameters());
    json.put("inference_multiply_adds", table.inference().multiplyAdds());
    json.put("activation_bytes", table.activationBytes());
    return mapper.writeValueAsString(json);
  }

  private static void put(
      ObjectNode json, boolean connections, long parameters, long multiplyAdds, long uses) {
    json.put("parameters", parameters).put("multiply_adds", multiplyAdds);
    if (connections) {
      json.put("connections", uses);
    }
  }
}
