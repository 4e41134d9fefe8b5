package dev.convoy.spark.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.convoy.collective.transport.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Times reduce-scatter and all-gather, as a training step does them, between processes of their own
 * that this machine's loopback interface joins.
 */
public final class AllReduceBench {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AllReduceBench() {}

  /**
   * Starts the ranks and returns the measurement as one line of JSON.
   *
   * @throws IOException if a rank fails
   */
  public static String json(AllReducePlan plan) throws IOException, InterruptedException {
    List<ChildJvm> ranks = new ArrayList<>();
    try {
      String secret = HexFormat.of().formatHex(Secret.random());
      for (int rank = 0; rank < plan.ranks(); rank++) {
        ranks.add(ChildJvm.start(AllReduceRank.class, List.of()));
        ObjectNode told = JSON.createObjectNode().put("rank", rank).put("secret", secret);
        told.set("plan", JSON.valueToTree(plan));
        ranks.get(rank).tell(told.toString());
      }
      ArrayNode ports = JSON.createArrayNode();
      for (ChildJvm rank : ranks) {
        ports.add(Integer.parseInt(rank.line()));
      }
      for (ChildJvm rank : ranks) {
        rank.tell(ports.toString());
      }
      String measured = ranks.get(0).line();
      for (ChildJvm rank : ranks) {
        rank.awaitEnd();
      }
      return measured;
    } finally {
      ranks.forEach(ChildJvm::close);
    }
  }
}
