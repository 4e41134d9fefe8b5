package dev.convoy.spark.train;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.convoy.data.ClassOrder;
import dev.convoy.spark.config.ConvoyConfig;
import dev.convoy.spark.telemetry.DataIdentity;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What makes two runs the same: the configuration that decides the result, and the data. */
final class RunIdentity {
  private static final String CLASSES = "class-names";
  private static final String VALIDATION = "validation-fingerprint";
  private static final ObjectMapper JSON = new ObjectMapper();

  private RunIdentity() {}

  /**
   * Puts it together. The validation data count where the schedule goes by validations, because the
   * learning rate then depends on them.
   *
   * @param data what of them is not known is left out
   */
  static String of(ConvoyConfig config, DataIdentity data) throws IOException {
    ObjectNode identity = (ObjectNode) JSON.readTree(config.identity());
    identity.put("data-fingerprint", data.training());
    if (config.train().schedule().goesByValidations() && !data.validation().isEmpty()) {
      identity.put(VALIDATION, data.validation());
    }
    if (!data.classNames().isEmpty()) {
      identity.set(CLASSES, JSON.valueToTree(data.classNames()));
    }
    return identity.toString();
  }

  /** Returns the first thing in which the identity that was kept and the one that is now differ. */
  static Optional<String> difference(String kept, String now) throws IOException {
    ObjectNode itsKept = (ObjectNode) JSON.readTree(kept);
    ObjectNode itsNow = (ObjectNode) JSON.readTree(now);
    List<String> classesKept = takeClasses(itsKept);
    List<String> classesNow = takeClasses(itsNow);
    if (!classesKept.isEmpty() && !classesNow.isEmpty()) {
      Optional<String> difference =
          ClassOrder.difference("the run", classesKept, "the data", classesNow);
      if (difference.isPresent()) {
        return difference;
      }
    }
    if (!itsKept.has(VALIDATION) || !itsNow.has(VALIDATION)) {
      // Runs of earlier versions have not recorded it; another schedule differs in its own key.
      itsKept.remove(VALIDATION);
      itsNow.remove(VALIDATION);
    }
    return difference("", itsKept, itsNow);
  }

  /** Returns the names of the classes; runs of earlier versions do not know them. */
  private static List<String> takeClasses(ObjectNode identity) {
    JsonNode names = identity.remove(CLASSES);
    return names == null ? List.of() : JSON.convertValue(names, new TypeReference<>() {});
  }

  private static Optional<String> difference(String path, JsonNode kept, JsonNode now) {
    if (!kept.isObject() || !now.isObject()) {
      return kept.equals(now)
          ? Optional.empty()
          : Optional.of(
              String.format(Locale.ROOT, "%s was %s and is now %s", path, text(kept), text(now)));
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

  private static String text(JsonNode value) {
    return value.isMissingNode() ? "not set" : value.toString();
  }

  private static void addNames(Iterator<String> from, Set<String> to) {
    from.forEachRemaining(to::add);
  }
}
