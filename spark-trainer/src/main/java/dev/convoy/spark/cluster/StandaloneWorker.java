package dev.convoy.spark.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a worker of a standalone cluster, as its own web pages give it.
 *
 * @param page the worker's web address
 * @param cores free and all
 * @param memoryMiB free and all
 * @param running numbers of the application's executors
 * @param ended numbers of those that have ended
 */
record StandaloneWorker(
    URI page, Share cores, Share memoryMiB, List<String> running, List<String> ended) {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** More than the last exception of a log has. */
  private static final int LOG_BYTES = 20_000;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(PATIENCE).proxy(HttpClient.Builder.NO_PROXY).build();

  /** Something of which a worker has so much, and so much of it free. */
  record Share(int free, int all) {}

  /**
   * Asks a worker.
   *
   * @throws IOException if it does not answer
   */
  static StandaloneWorker ask(URI page, String application)
      throws IOException, InterruptedException {
    return parse(page, JSON.readTree(get(page.resolve("/json/"))), application);
  }

  static StandaloneWorker parse(URI page, JsonNode state, String application) {
    return new StandaloneWorker(
        page,
        share(state, "cores"),
        share(state, "memory"),
        numbers(state.path("executors"), application),
        numbers(state.path("finishedexecutors"), application));
  }

  private static Share share(JsonNode state, String what) {
    int all = state.path(what).asInt();
    return new Share(all - state.path(what + "used").asInt(), all);
  }

  private static List<String> numbers(JsonNode executors, String application) {
    List<String> numbers = new ArrayList<>();
    for (JsonNode executor : executors) {
      if (executor.path("appid").asText().equals(application)) {
        numbers.add(executor.path("id").asText());
      }
    }
    return numbers;
  }

  /** Returns how many executors of this size the worker could still start. */
  int room(int coresEach, int memoryEachMiB) {
    return Math.min(cores.free() / coresEach, memoryMiB.free() / memoryEachMiB);
  }

  /** Returns the last words of an executor, and the page that has all of them. */
  String lastLine(String application, String executor) {
    String where = "?appId=" + application + "&executorId=" + executor + "&logType=";
    for (String stream : List.of("stderr", "stdout")) {
      String reason = ExecutorLog.reason(lines("/log/" + where + stream));
      if (!reason.isEmpty()) {
        return "\"" + reason + "\" (the end of " + page.resolve("/logPage/" + where + stream) + ")";
      }
    }
    return "its log is empty or cannot be read; its worker is " + page;
  }

  private List<String> lines(String log) {
    try {
      // The first line is a heading of the worker's.
      return get(page.resolve(log + "&byteLength=" + LOG_BYTES)).lines().skip(1).toList();
    } catch (IOException unreadable) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static String get(URI address) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(address + " answers with status " + answer.statusCode());
    }
    return answer.body();
  }
}
