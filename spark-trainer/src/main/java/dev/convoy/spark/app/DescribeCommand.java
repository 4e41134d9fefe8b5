package dev.convoy.spark.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.convoy.nn.Network;
import dev.convoy.nn.NetworkTable;
import dev.convoy.spark.train.ExitStatus;
import dev.convoy.zoo.Zoo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
      "Parameters are those that are trained; multiply-adds are of one image, forward; the memory is"
          + " that of one image's activations as a forward pass holds them, and training needs it"
          + " twice."
    },
    footer = {
      "",
      "Examples:",
      "  convoy describe lenet5",
      "  convoy describe lenet5-modern --json"
    })
final class DescribeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NETWORK", description = "Name of the network, such as lenet5-modern.")
  private String network;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Number of classes. Default: as many as the network's paper had.")
  private Integer classes;

  @Option(names = "--json", description = "Prints one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    Network built =
        classes == null
            ? NetworkArgument.named(network)
            : NetworkArgument.named(network, AtLeast.of(2, "--classes", classes));
    NetworkTable table = NetworkTable.of(built);
    boolean connections = Zoo.countsConnections(network);
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(json(table, connections));
    } else {
      new NetworkTableText(table, connections).lines().forEach(out::println);
    }
    out.flush();
    return ExitStatus.DONE.code();
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
      layer.put("activation_bytes", row.activationBytes());
    }
    put(json, connections, table.parameters(), table.multiplyAdds(), table.connections());
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
