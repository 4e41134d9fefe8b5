package dev.convoy.data.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class StoreDefaultsTest {
  private static final String TRIES = "ipc.client.connect.max.retries.on.timeouts";
  private static final String SOCKET = "dfs.client.socket-timeout";

  @Test
  void hadoopsOwnDefaultsAreReplaced() {
    Configuration hadoop = new Configuration();
    assertEquals("45", hadoop.get(TRIES));
    StoreDefaults.apply(hadoop);
    assertEquals("4", hadoop.get(TRIES));
    assertEquals("20000", hadoop.get(SOCKET));
  }

  @Test
  void whatAUserHasSetStays() {
    Configuration hadoop = new Configuration();
    String site =
        "<configuration><property><name>%s</name><value>45</value></property></configuration>"
            .replace("%s", TRIES);
    hadoop.addResource(
        new ByteArrayInputStream(site.getBytes(StandardCharsets.UTF_8)), "core-site.xml");
    hadoop.set(SOCKET, "7");
    StoreDefaults.apply(hadoop);
    assertEquals("45", hadoop.get(TRIES));
    assertEquals("7", hadoop.get(SOCKET));
  }

  @Test
  void theyAreTheSameWhenTheyAreAppliedAgain() {
    Configuration hadoop = new Configuration();
    StoreDefaults.apply(hadoop);
    StoreDefaults.apply(hadoop);
    assertEquals("4", hadoop.get(TRIES));
  }
}
