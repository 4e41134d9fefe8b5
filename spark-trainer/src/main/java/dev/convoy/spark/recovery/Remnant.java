package dev.convoy.spark.recovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.convoy.collective.Range;
import dev.convoy.optim.Plateau;
import dev.convoy.train.Holdings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an executor has of a run, as its task tells the others.
 *
 * <pre>
 * { "slices": { "49": [[0, 31744], [31744, 63232]] },
 *   "loop": [ { "after": 40, "validated": 40, "saved": 40, "best": 0.1, "waited": 0,
 *               "reductions": 0 } ],
 *   "reported": 49 }
 * </pre>
 *
 * @param holdings slices whose state is there
 * @param loop the newest states of the training loop
 * @param reported the newest step whose metrics, if any were due, have been reported
 */
public record Remnant(Holdings holdings, List<LoopState> loop, long reported) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Returns the loop's state with which the work between two steps begins: that which the step
   * before left.
   *
   * @param step steps done
   */
  static Optional<LoopState> loopBefore(long step, List<Remnant> ofRanks) {
    return ofRanks.stream()
        .flatMap(remnant -> remnant.loop.stream())
        .filter(state -> state.after() < step)
        .max(Comparator.comparingLong(LoopState::after));
  }

  /** Returns it as JSON on one line. */
  public String toJson() {
    ObjectNode json = JSON.createObjectNode();
    ObjectNode slices = json.putObject("slices");
    holdings
        .slices()
        .forEach(
            (step, ranges) -> {
              ArrayNode list = slices.putArray(Long.toString(step));
              ranges.forEach(range -> list.addArray().add(range.from()).add(range.to()));
            });
    ArrayNode states = json.putArray("loop");
    for (LoopState state : loop) {
      states
          .addObject()
          .put("after", state.after())
          .put("validated", state.validated())
          .put("saved", state.saved())
          .put("best", state.plateau().best())
          .put("waited", state.plateau().waited())
          .put("reductions", state.plateau().reductions());
    }
    json.put("reported", reported);
    return json.toString();
  }

  /** Reads what {@link #toJson} wrote. */
  public static Remnant of(String text) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("an executor told what is no JSON: " + text, e);
    }
    SortedMap<Long, List<Range>> slices = new TreeMap<>();
    for (Map.Entry<String, JsonNode> step : json.path("slices").properties()) {
      List<Range> ranges = new ArrayList<>();
      step.getValue().forEach(r -> ranges.add(new Range(r.path(0).asInt(), r.path(1).asInt())));
      slices.put(Long.valueOf(step.getKey()), ranges);
    }
    List<LoopState> loop = new ArrayList<>();
    for (JsonNode state : json.path("loop")) {
      loop.add(
          new LoopState(
              state.path("after").asLong(),
              state.path("validated").asLong(),
              state.path("saved").asLong(),
              new Plateau.State(
                  state.path("best").asDouble(),
                  state.path("waited").asInt(),
                  state.path("reductions").asInt())));
    }
    return new Remnant(new Holdings(slices), loop, json.path("reported").asLong());
  }
}
