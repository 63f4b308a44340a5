/* SPDX-License-Identifier: Apache-2.0 */
package org.stillrank.reranker.session;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.stillrank.reranker.handle.Lifetime;
import org.stillrank.reranker.handle.NativeHandle;
import org.stillrank.reranker.input.InvalidInputException;

/**
 * One user's hold on a model in ONNX Runtime. Models with the same content and settings share one
 * native session, which is freed with its last user. Threads may run it side by side.
 */
public final class OnnxSession implements AutoCloseable {
  private final OrtSession session;
  private final String holder;
  private final NativeHandle handle;
  private final Lifetime lifetime;

  private OnnxSession(OrtSession session, String holder, SharedSessions.Key key) {
    this.session = session;
    this.holder = holder;
    this.handle =
        NativeHandle.ownedBy(this, "session use", holder, () -> SharedSessions.release(key));
    this.lifetime = new Lifetime("the session of [" + holder + "]");
  }

  /**
   * Opens a model, or joins those who have it open.
   *
   * @param sha256 of the file: what "the same content" means
   * @param holder who uses it, named when it is never closed
   * @throws InvalidInputException when the file is not a model
   */
  public static OnnxSession open(
      Path onnxFile, String sha256, SessionSettings settings, String holder) {
    SharedSessions.Key key = new SharedSessions.Key(sha256, settings);
    return new OnnxSession(SharedSessions.acquire(key, onnxFile), holder, key);
  }

  /** The tensors the model reads, by name. */
  public Map<String, TensorDescription> inputs() {
    return lifetime.during(() -> describe(OrtSession::getInputInfo));
  }

  /** The tensors the model answers, by name, in the graph's order. */
  public Map<String, TensorDescription> outputs() {
    return lifetime.during(() -> describe(OrtSession::getOutputInfo));
  }

  /**
   * Computes one batch.
   *
   * @param output the output wanted
   * @throws InferenceException when the runtime fails, or the run was terminated
   */
  public FloatTensor run(TokenInputs inputs, String output, Termination termination) {
    return lifetime.during(() -> compute(inputs, output, termination));
  }

  private FloatTensor compute(TokenInputs inputs, String output, Termination termination) {
    List<NativeHandle> tensors = new ArrayList<>();
    try (Termination.Run run = termination.start(holder)) {
      Map<String, OnnxTensor> named = new HashMap<>();
      for (String name : session.getInputNames()) {
        OnnxTensor tensor = tensor(buffer(name, inputs), inputs);
        tensors.add(NativeHandle.scoped("tensor", holder, tensor::close));
        named.put(name, tensor);
      }
      OrtSession.Result result = session.run(named, Set.of(output), run.options());
      try (NativeHandle freed = NativeHandle.scoped("result", holder, result::close)) {
        return copy(result.get(0), output);
      }
    } catch (OrtException e) {
      throw new InferenceException(
          "["
              + holder
              + "] failed on a batch of ["
              + inputs.rows()
              + ", "
              + inputs.length()
              + "]: "
              + e.getMessage(),
          e);
    } finally {
      tensors.forEach(NativeHandle::close);
    }
  }

  private static OnnxTensor tensor(LongBuffer values, TokenInputs inputs) throws OrtException {
    long[] shape = {inputs.rows(), inputs.length()};
    return OnnxTensor.createTensor(RuntimeEnvironment.get(), values, shape);
  }

  private LongBuffer buffer(String input, TokenInputs inputs) {
    return switch (input) {
      case "input_ids" -> inputs.ids();
      case "attention_mask" -> inputs.mask();
      case "token_type_ids" -> inputs.typeIds();
      default ->
          throw new InvalidInputException(
              "["
                  + holder
                  + "] wants an input ["
                  + input
                  + "]; models of texts read input_ids, attention_mask and token_type_ids: export"
                  + " it again with these names");
    };
  }

  private static FloatTensor copy(OnnxValue value, String output) {
    if (!(value instanceof OnnxTensor tensor)) {
      throw new InferenceException("the output [" + output + "] is no tensor", null);
    }
    FloatBuffer floats = tensor.getFloatBuffer();
    if (floats == null) {
      throw new InferenceException("the output [" + output + "] does not hold floats", null);
    }
    float[] copied = new float[floats.remaining()];
    floats.get(copied);
    return new FloatTensor(copied, tensor.getInfo().getShape());
  }

  private Map<String, TensorDescription> describe(Description of) {
    try {
      return TensorDescription.of(of.in(session));
    } catch (OrtException e) {
      throw new InferenceException("[" + holder + "] does not describe its tensors", e);
    }
  }

  @FunctionalInterface
  private interface Description {
    Map<String, NodeInfo> in(OrtSession session) throws OrtException;
  }

  @Override
  public void close() {
    lifetime.end(handle::close);
  }
}
