import type { BlendPart } from '../project/performance.ts'
import { overFrames, valueAt, type OverFrames } from './over-frames.ts'
import type { AnalysisSpan } from './windows.ts'

/**
 * The shares of the singers of a performance, the main one's first: what the others leave of 1. Weights of others that
 * pass 1 together are scaled to 1. Each is one number unless something of it is drawn.
 */
export function blendShares(parts: readonly Pick<BlendPart, 'weight' | 'curve'>[], span: AnalysisSpan): OverFrames[] {
  const weights = parts.map(({ weight, curve }) => overFrames(weight, curve, span))
  if (weights.every((weight) => typeof weight === 'number')) return sharesOf(weights)
  const shares = Array.from({ length: parts.length + 1 }, () => new Float64Array(span.frameCount))
  for (let frame = 0; frame < span.frameCount; frame++)
    sharesOf(weights.map((weight) => valueAt(weight, frame))).forEach((share, index) => (shares[index][frame] = share))
  return shares
}

function sharesOf(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const scale = sum > 1 ? 1 / sum : 1
  return [Math.max(0, 1 - sum), ...weights.map((weight) => weight * scale)]
}
