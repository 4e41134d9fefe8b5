package dev.convoy.spark.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.convoy.train.TimeShares;

/**
 * Metrics as JSON objects. A number that is not finite, as the loss of a run that diverges, is
 * {@code null}, for JSON cannot express it.
 */
final class MetricsJson {
  private MetricsJson() {}

  static ObjectNode of(TrainMetrics metrics) {
    ObjectNode json = position(metrics.step(), metrics.epoch());
    number(json, "loss", metrics.loss());
    number(json, "top1", metrics.top1());
    top5(json, metrics.top5());
    number(json, "images_per_second", metrics.imagesPerSecond());
    number(json, "learning_rate", metrics.learningRate());
    TimeShares shares = metrics.shares();
    ObjectNode time = json.putObject("time_shares");
    number(time, "data", shares.data());
    number(time, "forward", shares.forward());
    number(time, "backward", shares.backward());
    number(time, "communication", shares.communication());
    number(time, "communication_hidden", shares.hiddenCommunication());
    number(time, "update", shares.update());
    ArrayNode ranks = json.putArray("ranks");
    for (RankTime rank : metrics.ranks()) {
      ObjectNode each = ranks.addObject();
      each.put("rank", rank.rank());
      each.put("host", rank.host());
      each.put("virtual_nodes", rank.virtualNodes());
      number(each, "data_ms", rank.dataMillis());
      number(each, "compute_ms", rank.computeMillis());
      number(each, "waited_ms", rank.waitedMillis());
      each.put("waited_for", rank.waitedFor());
    }
    return json;
  }

  static ObjectNode of(ValidationMetrics metrics) {
    ObjectNode json = position(metrics.step(), metrics.epoch());
    number(json, "loss", metrics.loss());
    number(json, "top1", metrics.top1());
    top5(json, metrics.top5());
    number(json, "images_per_second", metrics.imagesPerSecond());
    return json;
  }

  /** Puts the top-5 accuracy, but for fewer than six classes, where it says nothing. */
  private static void top5(ObjectNode json, double value) {
    if (!Double.isNaN(value)) {
      number(json, "top5", value);
    }
  }

  /** Returns the validation that {@link #of(ValidationMetrics)} has written. */
  static ValidationMetrics validation(JsonNode json) {
    return new ValidationMetrics(
        json.path("step").asLong(),
        json.path("epoch").asDouble(),
        json.path("loss").asDouble(Double.NaN),
        json.path("top1").asDouble(Double.NaN),
        json.path("top5").asDouble(Double.NaN),
        json.path("images_per_second").asDouble(Double.NaN));
  }

  private static ObjectNode position(long step, double epoch) {
    return JsonNodeFactory.instance.objectNode().put("step", step).put("epoch", epoch);
  }

  private static void number(ObjectNode json, String key, double value) {
    json.put(key, Double.isFinite(value) ? Double.valueOf(value) : null);
  }
}
