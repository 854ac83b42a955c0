import type { RenderPulses } from '../../kernels/synthesis.ts'
import { safeguard } from '../constants.ts'
import { createNormals } from '../random.ts'
import { createPulseResponse } from './pulse-response.ts'

/** Aperiodicity is kept inside this range, so that both parts of the sound always exist. */
const leastAperiodicity = 0.001
const mostAperiodicity = 1 - safeguard

/** The plain twin of the kernel `synthesis`: the definition that the tests hold it to. */
export const renderPulses: RenderPulses = (train, output) => {
  const { fftSize, frameCount, indices } = train
  const respond = createPulseResponse(fftSize, createNormals(train.noiseState))
  const power = new Float64Array(fftSize / 2 + 1)
  const noiseShare = new Float64Array(fftSize / 2 + 1)
  for (let p = 0; p < indices.length; p++) {
    const position = train.framePositions[p]
    readBetweenFrames(train.power, frameCount, position, 0, Infinity, power)
    readBetweenFrames(train.aperiodicity, frameCount, position, leastAperiodicity, mostAperiodicity, noiseShare)
    for (let k = 0; k < noiseShare.length; k++) noiseShare[k] *= noiseShare[k]
    const response = respond({
      power,
      noiseShare,
      isVoiced: train.isVoiced[p] === 1,
      shiftSamples: train.shiftsSamples[p],
      noiseSamples: train.noiseSamples[p],
    })
    addAt(output, indices[p] - fftSize / 2 + 1, response)
  }
}

/** The spectrum at a fractional frame, its values first clamped to low … high. */
function readBetweenFrames(
  rows: Float64Array,
  frameCount: number,
  position: number,
  low: number,
  high: number,
  output: Float64Array,
): void {
  const binCount = output.length
  const frame = Math.min(Math.floor(position), frameCount - 1)
  const before = frame * binCount
  const after = Math.min(Math.ceil(position), frameCount - 1) * binCount
  const part = position - frame
  for (let k = 0; k < binCount; k++) {
    const a = Math.min(Math.max(rows[before + k], low), high)
    const b = Math.min(Math.max(rows[after + k], low), high)
    output[k] = before === after ? a : a + part * (b - a)
  }
}

function addAt(output: Float64Array, offset: number, response: Float64Array): void {
  const first = Math.max(0, -offset)
  const end = Math.min(response.length, output.length - offset)
  for (let i = first; i < end; i++) output[offset + i] += response[i]
}
