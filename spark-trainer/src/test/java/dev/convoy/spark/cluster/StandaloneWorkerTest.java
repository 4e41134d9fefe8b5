package dev.convoy.spark.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandaloneWorkerTest {
  private static final URI PAGE = URI.create("http://10.0.0.1:8081");

  /** What a worker of Spark 4.2 answers, less what nobody reads. */
  private static final String STATE =
      """
      {"id": "worker-20261130084110-10.0.0.1-40123", "cores": 8, "coresused": 5,
       "memory": 16384, "memoryused": 10000,
       "executors": [{"id": 2, "memory": 5000, "appid": "app-1"},
                     {"id": 0, "memory": 5000, "appid": "app-2"}],
       "finishedexecutors": [{"id": 0, "memory": 5000, "appid": "app-1"},
                             {"id": 7, "memory": 5000, "appid": "app-2"},
                             {"id": 1, "memory": 5000, "appid": "app-1"}]}
      """;

  private static StandaloneWorker worker() throws IOException {
    return StandaloneWorker.parse(PAGE, new ObjectMapper().readTree(STATE), "app-1");
  }

  @Test
  void onlyTheExecutorsOfTheApplicationAreTold() throws IOException {
    assertEquals(List.of("2"), worker().running());
    assertEquals(List.of("0", "1"), worker().ended());
  }

  @Test
  void roomIsWhatCoresAndMemoryBothHave() throws IOException {
    assertEquals(3, worker().room(1, 2000));
    assertEquals(1, worker().room(1, 6000));
    assertEquals(1, worker().room(2, 1000));
    assertEquals(0, worker().room(4, 1000));
  }
}
