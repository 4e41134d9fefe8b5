package dev.convoy.data.source.webdataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.convoy.data.DataException;
import dev.convoy.data.text.ClassLabels;
import dev.convoy.data.text.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The class that a small text beside an image tells: a number or a name, alone or as a value in
 * JSON.
 *
 * @param labels of the dataset
 * @param key of the value in a JSON object, or null for the usual ones
 */
record LabelText(ClassLabels labels, String key) {
  /** Usual keys of the class in JSON. All that are there must tell the same class. */
  private static final List<String> KEYS =
      List.of(
          "cls",
          "label",
          "class",
          "target",
          "class_id",
          "class_idx",
          "class_index",
          "label_id",
          "label_idx",
          "class_name",
          "class_label",
          "label_name",
          "label_text");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Returns the label that a text tells.
   *
   * @param where the text's name, for messages
   * @throws DataException if it tells none, or several
   */
  int of(TextLines text, String where) {
    String all = text.lines().stream().map(TextLines.Line::text).collect(Collectors.joining("\n"));
    if (all.startsWith("{") || all.startsWith("[") || all.startsWith("\"")) {
      return ofJson(all, where);
    }
    if (text.lines().size() != 1) {
      throw new DataException(
          where + " has " + text.lines().size() + " lines; expected is one class in one line");
    }
    return require(labels.ofText(all), all, where);
  }

  private int ofJson(String text, String where) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new DataException(where + " is no valid JSON: " + e.getOriginalMessage(), e);
    }
    if (!json.isObject()) {
      return require(ofScalar(json, where), json.asText(), where);
    }
    List<String> present =
        (key == null ? KEYS : List.of(key)).stream().filter(json::hasNonNull).toList();
    if (present.isEmpty()) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s tells no class: it has %s, but none of %s; --label-key json:KEY names another",
              where,
              keys(json),
              key == null ? "cls, label, class, class_name and their kin" : key));
    }
    return agreed(json, present, where);
  }

  private int agreed(JsonNode json, List<String> present, String where) {
    int label = ClassLabels.NONE;
    String teller = present.get(0);
    List<String> silent = new ArrayList<>();
    for (String each : present) {
      int its = ofScalar(json.get(each), where + " (" + each + ")");
      if (its == ClassLabels.NONE) {
        silent.add(each);
      } else if (label != ClassLabels.NONE && its != label) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s tells two classes: %s is %s, %s is %s (%s)",
                where,
                teller,
                TextLines.shown(json.get(teller).asText()),
                each,
                TextLines.shown(json.get(each).asText()),
                hint()));
      } else if (label == ClassLabels.NONE) {
        label = its;
        teller = each;
      }
    }
    for (String each : silent) {
      // A name that the list lacks contradicts nothing; a number out of range does.
      String value = json.get(each).asText();
      if (label == ClassLabels.NONE || ClassLabels.isNumber(value)) {
        return require(ClassLabels.NONE, value, where + " (" + each + ")");
      }
    }
    return label;
  }

  private String hint() {
    return "labels are read as counted from "
        + labels.first()
        + "; --first-label "
        + (1 - labels.first())
        + " says otherwise";
  }

  private int ofScalar(JsonNode value, String where) {
    if (value.isContainerNode()) {
      throw new DataException(
          where
              + " is "
              + TextLines.shown(value.toString())
              + "; expected is one class, not several");
    }
    if (value.isNumber()) {
      double number = value.doubleValue();
      return number == Math.rint(number) && Math.abs(number) < 1L << 53
          ? labels.ofNumber((long) number)
          : ClassLabels.NONE;
    }
    return value.isTextual() ? labels.ofText(value.textValue().strip()) : ClassLabels.NONE;
  }

  private int require(int label, String value, String where) {
    if (label != ClassLabels.NONE) {
      return label;
    }
    if (ClassLabels.isNumber(value)) {
      throw new DataException(
          where + " is the class " + value + ", " + labels.allowed(Long.parseLong(value)));
    }
    throw new DataException(
        String.format(
            Locale.ROOT,
            "%s is '%s', neither the number of a class nor a name in %s",
            where,
            TextLines.shown(value),
            labels.where()));
  }

  private static String keys(JsonNode json) {
    String keys =
        StreamSupport.stream(((Iterable<String>) json::fieldNames).spliterator(), false)
            .limit(12)
            .map(TextLines::shown)
            .collect(Collectors.joining(", "));
    return keys.isEmpty() ? "no keys" : "the keys " + keys;
  }
}
