/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.trainer.backbone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * An HTTP server for tests on 127.0.0.1, one request a connection. The JDK's is no portable API.
 */
final class LoopbackServer implements AutoCloseable {

  /**
   * @param headers by lower-case names
   */
  record Request(String method, String path, Map<String, String> headers) {}

  /**
   * @param sent bytes of the body that are sent before the connection is closed
   * @param closeAfter waited for before the connection is closed
   */
  record Response(
      int status, Map<String, String> headers, byte[] body, int sent, CountDownLatch closeAfter) {
    static Response of(int status, Map<String, String> headers, byte[] body) {
      return new Response(status, headers, body, body.length, new CountDownLatch(0));
    }
  }

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Function<Request, Response> answers;

  LoopbackServer(Function<Request, Response> answers) throws IOException {
    this.answers = answers;
    threads.execute(this::accept);
  }

  String address() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket connection = listening.accept();
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket connection) {
    try (connection;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        OutputStream out = connection.getOutputStream()) {
      String line = in.readLine();
      if (line == null) {
        return;
      }
      String[] parts = line.split(" ", -1);
      Map<String, String> headers = new LinkedHashMap<>();
      for (String header = in.readLine(); !header.isEmpty(); header = in.readLine()) {
        String[] pair = header.split(": ", 2);
        headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1]);
      }
      String path = parts[1].replaceFirst("\\?.*", "");
      write(out, parts[0], answers.apply(new Request(parts[0], path, headers)));
    } catch (IOException e) {
      // The client went away; what it makes of that is what is tested.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(OutputStream out, String method, Response response)
      throws IOException, InterruptedException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + response.status() + " x\r\n");
    response.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: " + response.body().length + "\r\nConnection: close\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
    if (!method.equals("HEAD")) {
      out.write(response.body(), 0, response.sent());
    }
    out.flush();
    response.closeAfter().await();
  }

  @Override
  public void close() throws IOException {
    listening.close();
    threads.shutdownNow();
  }
}
