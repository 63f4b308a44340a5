/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.distribution;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stillrank.distribution.cluster.ClusterException;
import org.stillrank.distribution.server.ServerException;
import org.stillrank.reranker.input.InvalidInputException;
import org.stillrank.reranker.session.InferenceException;
import org.stillrank.trainer.backbone.FetchException;
import org.stillrank.trainer.export.ExportMismatchException;
import org.stillrank.trainer.training.DivergenceException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * What a person sees of a failure: the message alone where the message says what to do, everything
 * where only a developer can tell.
 */
final class FailureReport implements IExecutionExceptionHandler {
  /** The words of Linux and macOS; Java has no error code for them. */
  private static final List<String> OUT_OF_SPACE =
      List.of("No space left on device", "Disk quota exceeded", "File too large");

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof InvalidInputException) {
      err.println("error: " + failure.getMessage());
      return ExitCode.USAGE;
    }
    if (failure instanceof AccessDeniedException denied) {
      err.println(
          "error: ["
              + denied.getFile()
              + "] may not be written or read by this user; change its"
              + " permissions, or name another");
      return ExitCode.SOFTWARE;
    }
    String space = outOfSpace(failure);
    if (space != null) {
      err.println(
          "error: [" + space + "]; nothing unfinished was left: free space, or write elsewhere");
      return ExitCode.SOFTWARE;
    }
    if (saysWhatToDo(failure)) {
      err.println("error: " + failure.getMessage());
      return ExitCode.SOFTWARE;
    }
    failure.printStackTrace(err);
    return ExitCode.SOFTWARE;
  }

  private static boolean saysWhatToDo(Exception failure) {
    return failure instanceof DivergenceException
        || failure instanceof ExportMismatchException
        || failure instanceof InferenceException
        || failure instanceof ServerException
        || failure instanceof ClusterException
        || failure instanceof FetchException;
  }

  private static @Nullable String outOfSpace(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String message = String.valueOf(each.getMessage());
      if (each instanceof IOException && OUT_OF_SPACE.stream().anyMatch(message::contains)) {
        return message;
      }
    }
    return null;
  }
}
