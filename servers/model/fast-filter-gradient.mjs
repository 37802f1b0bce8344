import * as tf from "@tensorflow/tfjs-core";

// The CPU backend finds every pixel of this gradient by a function call, which is most of a training step. Here it is
// over plain arrays, for what the model has: no padding, no dilation.
const kernelName = "Conv2DBackpropFilter";

/** Puts this gradient in the place of the backend's own. */
export function useFastFilterGradient() {
  tf.unregisterKernel(kernelName, "cpu");
  tf.registerKernel({ kernelName, backendName: "cpu", kernelFunc: filterGradient });
}

function filterGradient({ inputs: { x, dy }, backend, attrs: { strides, filterShape } }) {
  const stride = Array.isArray(strides) ? strides[0] : strides;
  const [batch, height, width, channels] = x.shape;
  const [, rows, columns, filters] = dy.shape;
  const [size] = filterShape;
  const pixels = backend.data.get(x.dataId).values;
  const slopes = backend.data.get(dy.dataId).values;
  const sums = new Float64Array(size * size * channels * filters);
  for (let example = 0; example < batch; example++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const from = ((example * rows + row) * columns + column) * filters;
        for (let y = 0; y < size; y++) {
          for (let x = 0; x < size; x++) {
            const at = ((example * height + row * stride + y) * width + column * stride + x) * channels;
            for (let channel = 0; channel < channels; channel++) {
              const pixel = pixels[at + channel];
              if (pixel === 0) continue;
              const to = ((y * size + x) * channels + channel) * filters;
              for (let filter = 0; filter < filters; filter++) {
                sums[to + filter] += pixel * slopes[from + filter];
              }
            }
          }
        }
      }
    }
  }
  return backend.makeTensorInfo(filterShape, "float32", Float32Array.from(sums));
}
