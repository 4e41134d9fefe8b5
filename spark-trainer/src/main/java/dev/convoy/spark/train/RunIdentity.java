package dev.convoy.spark.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.convoy.spark.config.ConvoyConfig;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What makes two runs the same: the configuration that decides the result, and the data. */
final class RunIdentity {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunIdentity() {}

  static String of(ConvoyConfig config, String dataFingerprint) throws IOException {
    ObjectNode identity = (ObjectNode) JSON.readTree(config.identity());
    identity.put("data-fingerprint", dataFingerprint);
    return identity.toString();
  }

  /** The first thing in which the identity that was kept and the one that is now differ. */
  static Optional<String> difference(String kept, String now) throws IOException {
    return difference("", JSON.readTree(kept), JSON.readTree(now));
  }

  private static Optional<String> difference(String path, JsonNode kept, JsonNode now) {
    if (!kept.isObject() || !now.isObject()) {
      return kept.equals(now)
          ? Optional.empty()
          : Optional.of("%s was %s and is now %s".formatted(path, kept, now));
    }
    Set<String> names = new TreeSet<>();
    addNames(kept.fieldNames(), names);
    addNames(now.fieldNames(), names);
    return names.stream()
        .map(
            name ->
                difference(
                    path.isEmpty() ? name : path + "." + name, kept.path(name), now.path(name)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static void addNames(Iterator<String> from, Set<String> to) {
    from.forEachRemaining(to::add);
  }
}
