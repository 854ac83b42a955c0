import { tensor4d, type Scalar, type Tensor1D, type Tensor3D, type Tensor4D } from '@tensorflow/tfjs-core'
import { boundedLogScale } from '../../nn/bounded-scale.ts'
import { convolve2d } from '../../nn/conv-2d.ts'
import { scaledAndShifted, total, unscaled } from '../../nn/flow.ts'
import type { FlowOutcome } from '../../nn/flow-loss.ts'
import { joinChannels, totalOf } from '../../nn/join.ts'
import { addMaps, inRow, reluMap } from '../../nn/maps.ts'
import { biasOf, parameterOf, weightOf } from '../../nn/named-layers.ts'
import type { TensorsByName } from '../../nn/parameters.ts'
import { pixelShuffle2d, pixelUnshuffle2d } from '../../nn/pixel-shuffle.ts'
import { cropChannels, reshaped } from '../../nn/shape.ts'
import { timesConstant } from '../../nn/times-constant.ts'
import { couplingShapes, type CouplingShape, type RealnvpConfig } from './config.ts'

/**
 * From pictures to noise.
 * @param x [B, H, W, 1], both axes multiples of 2^(levels − 1)
 * @returns of z what left after each level, then what is left, [B, H · W, C] each
 */
export function flowForward(x: Tensor4D, parameters: TensorsByName, config: RealnvpConfig): FlowOutcome {
  const left: Tensor3D[] = []
  const determinants: Scalar[] = []
  let map = x
  for (const shape of couplingShapes(config)) {
    if (shape.isHalved) map = pixelUnshuffle2d(map, 2)
    const { shift, logScale } = coupling(map, parameters, shape)
    map = inMap(scaledAndShifted(inRow(map), shift, logScale), map.shape)
    determinants.push(total(logScale))
    if (!shape.isSplit) continue
    const half = shape.width / 2
    const rows = inRow(map)
    left.push(cropChannels(rows, half, half))
    map = inMap(cropChannels(rows, 0, half), map.shape)
  }
  return { z: [...left, inRow(map)], logDeterminant: totalOf(determinants) }
}

/**
 * From noise to pictures: the inverse of `flowForward`.
 * @param z as `flowForward` gives it
 * @param size [H, W] of the picture
 */
export function flowInverse(
  z: readonly Tensor3D[],
  parameters: TensorsByName,
  [high, wide]: readonly [number, number],
  config: RealnvpConfig,
): Tensor4D {
  const left = z.slice(0, -1)
  const shapes = couplingShapes(config)
  const last = 2 ** (config.levels - 1)
  const rows = z[z.length - 1]
  let map = reshaped<Tensor4D>(rows, [rows.shape[0], high / last, wide / last, rows.shape[2]])
  for (const shape of [...shapes].reverse()) {
    const leaving = shape.isSplit ? left.pop() : undefined
    if (leaving !== undefined) map = inMap(joinChannels([inRow(map), leaving]), map.shape)
    const { shift, logScale } = coupling(map, parameters, shape)
    map = inMap(unscaled(inRow(map), shift, logScale), map.shape)
    if (shape.isHalved) map = pixelShuffle2d(map, 2)
  }
  return map
}

/** Shifts and log-scales of what a coupling changes, told by what it leaves, of which they are zero. */
function coupling(x: Tensor4D, parameters: TensorsByName, shape: CouplingShape) {
  const { name, width } = shape
  const [leaves, changes] = [maskOf(x.shape, shape, true), maskOf(x.shape, shape, false)]
  const first = reluMap(convolution(timesConstant(x, leaves), parameters, `${name}/in`))
  const middle = addMaps(first, reluMap(convolution(first, parameters, `${name}/middle`)))
  const end = inRow(convolution(middle, parameters, `${name}/end`))
  const range = parameterOf<Tensor1D>(parameters, `${name}/range`)
  const changed = (rows: Tensor3D) => inRow(timesConstant(inMap(rows, x.shape), changes))
  return {
    shift: changed(cropChannels(end, 0, width)),
    logScale: changed(boundedLogScale(cropChannels(end, width, width), range)),
  }
}

function maskOf([, H, W, C]: Tensor4D['shape'], { kind, leavesFirst }: CouplingShape, isOfLeft: boolean): Tensor4D {
  const isFirst = (i: number) => {
    const [row, column, channel] = [Math.floor(i / (W * C)), Math.floor(i / C) % W, i % C]
    return kind === 'places' ? (row + column) % 2 === 0 : channel < C / 2
  }
  return tensor4d(
    Float32Array.from({ length: H * W * C }, (_, i) => ((isFirst(i) === leavesFirst) === isOfLeft ? 1 : 0)),
    [1, H, W, C],
  )
}

const inMap = (x: Tensor3D, [B, H, W]: Tensor4D['shape']): Tensor4D => reshaped<Tensor4D>(x, [B, H, W, x.shape[2]])

const convolution = (x: Tensor4D, parameters: TensorsByName, name: string): Tensor4D =>
  convolve2d(x, weightOf<Tensor4D>(parameters, name), biasOf(parameters, name))
