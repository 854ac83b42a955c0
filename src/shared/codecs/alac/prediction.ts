/** How a channel was predicted. */
export interface Prediction {
  /** 0: by the coefficients; else the differences of neighbors were predicted by them. */
  readonly mode: number
  readonly shiftBits: number
  readonly rateFactor: number
  /** They learn while they predict: changed in place. */
  readonly coefficients: Int16Array
}

/** Residuals to samples in place: a linear prediction whose coefficients follow the sign of its errors. */
export function addPrediction(samples: Int32Array, prediction: Prediction, sampleBits: number): void {
  if (prediction.mode !== 0) addNeighbors(samples, samples.length, sampleBits)
  const { coefficients, shiftBits } = prediction
  const order = coefficients.length
  if (order === 0) return
  if (order === 31) return addNeighbors(samples, samples.length, sampleBits)
  addNeighbors(samples, order + 1, sampleBits)
  const half = shiftBits === 0 ? 0 : 1 << (shiftBits - 1)
  const unused = 32 - sampleBits
  for (let at = order + 1; at < samples.length; at++) {
    const base = samples[at - order - 1]
    let sum = 0
    for (let tap = 0; tap < order; tap++) sum = (sum + Math.imul(coefficients[tap], samples[at - 1 - tap] - base)) | 0
    const error = samples[at]
    samples[at] = ((error + base + ((sum + half) >> shiftBits)) << unused) >> unused
    learn(coefficients, samples, at, base, error, shiftBits)
  }
}

/** Moves coefficients by one each, from the farthest tap, until the error would be used up. */
function learn(
  coefficients: Int16Array,
  samples: Int32Array,
  at: number,
  base: number,
  error: number,
  shiftBits: number,
): void {
  const direction = Math.sign(error)
  const order = coefficients.length
  let rest = error
  for (let tap = order - 1; tap >= 0 && rest * direction > 0; tap--) {
    const distance = base - samples[at - 1 - tap]
    const sign = Math.sign(distance) * direction
    coefficients[tap] -= sign
    rest -= (order - tap) * ((sign * distance) >> shiftBits)
  }
}

function addNeighbors(samples: Int32Array, count: number, sampleBits: number): void {
  const unused = 32 - sampleBits
  for (let at = 1; at < Math.min(count, samples.length); at++) {
    samples[at] = ((samples[at] + samples[at - 1]) << unused) >> unused
  }
}
