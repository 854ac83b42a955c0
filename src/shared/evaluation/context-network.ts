import type { Random } from '../base/random.ts'

/**
 * A small convolutional classifier of envelope frames, with its training, in plain numbers: one convolution over
 * `contextFrames` frames, tanh, one linear layer, softmax. A clip's verdict is the mean of its frames' log-odds.
 * It judges the converter, so it shares nothing with it: not its code, not its features' normalization, not its data.
 */
export interface ContextNetwork {
  /** Log-probabilities of the classes, averaged over the frames of [frames × bands] values. */
  classify(frames: Float32Array): Float64Array
  /** The likeliest class of every frame. */
  classifyFrames(frames: Float32Array): Int32Array
}

/** One frame to learn from, in its surroundings. */
export interface FrameExample {
  readonly frames: Float32Array
  readonly frame: number
  readonly label: number
}

export interface ContextNetworkOptions {
  readonly bandCount: number
  readonly classCount: number
  readonly stepCount: number
}

const HIDDEN = 48
/** Every second frame of nine: 90 ms, a sound with its transitions. */
const CONTEXT_OFFSETS = [-4, -2, 0, 2, 4]
const BATCH = 32
const PEAK_RATE = 4e-3
const DECAY = 1e-4
const ADAM_FAST = 0.9
const ADAM_SLOW = 0.999
/** Whole frames are tilted by this much while training, so that the judge does not learn one microphone. */
const INPUT_NOISE = 0.15

/**
 * Trains the judge on frames that `draw` gives, evenly over what is to be told apart. `spreadOf` is any of the frames:
 * inputs are brought to its spread. Deterministic in `random`.
 */
export function trainContextNetwork(
  draw: (random: Random) => FrameExample,
  spreadOf: readonly Float32Array[],
  options: ContextNetworkOptions,
  random: Random,
): ContextNetwork {
  const { bandCount, classCount, stepCount } = options
  const inputCount = bandCount * CONTEXT_OFFSETS.length
  const scale = inputScale(spreadOf, bandCount)
  const hidden = createLayer(HIDDEN, inputCount, random)
  const output = createLayer(classCount, HIDDEN, random)
  const state = createState(inputCount, classCount)
  for (let step = 0; step < stepCount; step++) {
    for (let item = 0; item < BATCH; item++) {
      const { frames, frame, label } = draw(random)
      readContext(frames, frame, bandCount, scale, state.input)
      for (let index = 0; index < inputCount; index++) state.input[index] += INPUT_NOISE * random.normal()
      forward(state, hidden, output)
      backward(state, hidden, output, label)
    }
    const rate = PEAK_RATE * Math.sin((Math.PI * (step + 1)) / (stepCount + 1))
    update(hidden, rate, step)
    update(output, rate, step)
  }
  function forEachFrame(frames: Float32Array, visit: (frame: number, probabilities: Float64Array) => void): void {
    for (let frame = 0; frame < frames.length / bandCount; frame++) {
      readContext(frames, frame, bandCount, scale, state.input)
      forward(state, hidden, output)
      visit(frame, state.probabilities)
    }
  }
  return {
    classify(frames) {
      const total = new Float64Array(classCount)
      const frameCount = frames.length / bandCount
      forEachFrame(frames, (_, probabilities) =>
        probabilities.forEach((probability, label) => (total[label] += Math.log(probability + 1e-6) / frameCount)),
      )
      return total
    },
    classifyFrames(frames) {
      const classes = new Int32Array(frames.length / bandCount)
      forEachFrame(frames, (frame, probabilities) => {
        classes[frame] = probabilities.indexOf(Math.max(...probabilities))
      })
      return classes
    },
  }
}

interface Layer {
  readonly rows: number
  readonly columns: number
  readonly weights: Float64Array
  readonly gradients: Float64Array
  readonly fast: Float64Array
  readonly slow: Float64Array
}

/** Weights [rows × (columns + 1)], the last column is the bias. */
function createLayer(rows: number, columns: number, random: Random): Layer {
  const count = rows * (columns + 1)
  const weights = Float64Array.from({ length: count }, (_, index) =>
    index % (columns + 1) === columns ? 0 : random.normal() / Math.sqrt(columns),
  )
  return {
    rows,
    columns,
    weights,
    gradients: new Float64Array(count),
    fast: new Float64Array(count),
    slow: new Float64Array(count),
  }
}

const createState = (inputCount: number, classCount: number) => ({
  input: new Float64Array(inputCount),
  activation: new Float64Array(HIDDEN),
  probabilities: new Float64Array(classCount),
})
type State = ReturnType<typeof createState>

function readContext(frames: Float32Array, frame: number, bandCount: number, scale: number, input: Float64Array): void {
  const last = frames.length / bandCount - 1
  CONTEXT_OFFSETS.forEach((offset, place) => {
    const from = Math.min(last, Math.max(0, frame + offset)) * bandCount
    for (let band = 0; band < bandCount; band++) input[place * bandCount + band] = scale * frames[from + band]
  })
}

function apply(layer: Layer, input: Float64Array, output: Float64Array): void {
  for (let row = 0, at = 0; row < layer.rows; row++) {
    let sum = 0
    for (let column = 0; column < layer.columns; column++, at++) sum += layer.weights[at] * input[column]
    output[row] = sum + layer.weights[at++]
  }
}

function forward(state: State, hidden: Layer, output: Layer): void {
  apply(hidden, state.input, state.activation)
  for (let unit = 0; unit < HIDDEN; unit++) state.activation[unit] = Math.tanh(state.activation[unit])
  apply(output, state.activation, state.probabilities)
  const highest = Math.max(...state.probabilities)
  let sum = 0
  for (let label = 0; label < output.rows; label++)
    sum += state.probabilities[label] = Math.exp(state.probabilities[label] - highest)
  for (let label = 0; label < output.rows; label++) state.probabilities[label] /= sum
}

/** Adds the gradients of the cross-entropy of one frame. */
function backward(state: State, hidden: Layer, output: Layer, label: number): void {
  const errors = state.probabilities.map((probability, index) => (probability - Number(index === label)) / BATCH)
  const hiddenErrors = new Float64Array(HIDDEN)
  for (let row = 0, at = 0; row < output.rows; row++) {
    for (let unit = 0; unit < HIDDEN; unit++, at++) {
      hiddenErrors[unit] += errors[row] * output.weights[at]
      output.gradients[at] += errors[row] * state.activation[unit]
    }
    output.gradients[at++] += errors[row]
  }
  for (let unit = 0, at = 0; unit < HIDDEN; unit++) {
    const error = hiddenErrors[unit] * (1 - state.activation[unit] ** 2)
    for (let column = 0; column < hidden.columns; column++, at++) hidden.gradients[at] += error * state.input[column]
    hidden.gradients[at++] += error
  }
}

/** One step of Adam with decoupled decay (Loshchilov and Hutter 2019); empties the gradients. */
function update(layer: Layer, rate: number, step: number): void {
  const fastCorrection = 1 - ADAM_FAST ** (step + 1)
  const slowCorrection = 1 - ADAM_SLOW ** (step + 1)
  for (let at = 0; at < layer.weights.length; at++) {
    const gradient = layer.gradients[at]
    layer.fast[at] = ADAM_FAST * layer.fast[at] + (1 - ADAM_FAST) * gradient
    layer.slow[at] = ADAM_SLOW * layer.slow[at] + (1 - ADAM_SLOW) * gradient * gradient
    const change = layer.fast[at] / fastCorrection / (Math.sqrt(layer.slow[at] / slowCorrection) + 1e-8)
    layer.weights[at] -= rate * (change + DECAY * layer.weights[at])
    layer.gradients[at] = 0
  }
}

/** One factor that brings all inputs to a spread of 1. */
function inputScale(clips: readonly Float32Array[], bandCount: number): number {
  let [sum, squares, count] = [0, 0, 0]
  for (const frames of clips) {
    for (let index = 0; index < frames.length; index += bandCount + 1) {
      sum += frames[index]
      squares += frames[index] ** 2
      count++
    }
  }
  const variance = count === 0 ? 1 : squares / count - (sum / count) ** 2
  return 1 / Math.sqrt(Math.max(variance, 1e-6))
}
