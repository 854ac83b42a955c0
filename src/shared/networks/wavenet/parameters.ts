import { dilationsOf, inputWidth, outputWidth, type WavenetConfig } from './config.ts'
import { collectShapes } from '../convolution-shapes.ts'

/**
 * Names and stored shapes of everything that is learned. A layer's gates stand behind its tangents and its skip behind
 * its residual, the last layer's of which leads nowhere: published with the others, and never learned.
 */
export function wavenetShapes(config: WavenetConfig): ReadonlyMap<string, readonly number[]> {
  return new Map([...stretchShapes(config), ...networkShapes(config)])
}

/** Without what stretches the spectrum: a student's flows share that. */
export function networkShapes(config: WavenetConfig): ReadonlyMap<string, readonly number[]> {
  const { residual: R, gate: G, skip: S, mels, taps, firstTaps } = config
  const { shapes, convolution } = collectShapes()
  convolution('in', R, inputWidth(config), firstTaps)
  dilationsOf(config).forEach((_, layer) => {
    convolution(`layer${layer}/conv`, 2 * G, R, taps)
    convolution(`layer${layer}/condition`, 2 * G, mels, 1, config.isConditionBiased)
    convolution(`layer${layer}/out`, R + S, G, 1)
  })
  convolution('head', S, S, 1)
  convolution('end', outputWidth(config), S, 1)
  return shapes
}

/** What stretches the spectrum. */
export function stretchShapes({ mels, stretch }: WavenetConfig): ReadonlyMap<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>()
  if (stretch.kind === 'smoothed') shapes.set('context/weight', [mels, mels, 2 * stretch.context + 1])
  stretch.factors.forEach((factor, index) => {
    const name = `stretch${index}`
    if (stretch.kind === 'smoothed') return shapes.set(`${name}/weight`, [1, 1, 2 * factor + 1])
    shapes.set(`${name}/weight`, [1, 3, 2 * factor])
    return shapes.set(`${name}/bias`, [1])
  })
  return shapes
}
