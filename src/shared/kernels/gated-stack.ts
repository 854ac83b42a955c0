import { assert } from '../base/assert.ts'
import {
  largestDilation,
  LAYER_TAPS,
  rowsBefore,
  type GatedStack,
  type PackedGatedLayer,
  type RunGatedStack,
} from '../dsp/gated-stack.ts'
import { PANEL_ROWS, packedStride, type PackedRows } from '../dsp/packed-rows.ts'
import { instantiateKernel, type AllocatingExports, type KernelModule } from './instance.ts'
import { createKernelMemory } from './kernel-memory.ts'

interface GatedStackExports extends AllocatingExports {
  convolve(
    weights: number,
    bias: number,
    x: number,
    inputs: number,
    taps: number,
    dilation: number,
    rows: number,
    panels: number,
    y: number,
  ): void
  gates(
    weights: number,
    held: number,
    frames: number,
    parts: number,
    x: number,
    channels: number,
    gated: number,
    dilation: number,
    extra: number,
    extras: number,
    first: number,
    rows: number,
    z: number,
  ): void
  mix(
    weights: number,
    bias: number,
    z: number,
    channels: number,
    gated: number,
    isLast: boolean,
    gain: number,
    x: number,
    next: number,
    skip: number,
    rows: number,
  ): void
  rectify(x: number, count: number): void
}

/** Rows that a layer makes before its next step: they stay in the processor's cache. */
const BLOCK_ROWS = 120
/** The kernel computes four or six at once. */
const TILE_ROWS = 12
const wholeTiles = (rows: number): number => Math.ceil(rows / TILE_ROWS) * TILE_ROWS

/** The SIMD kernel `gated-stack`; its twin is `runGatedStack` in the room `dsp`. */
export function createGatedStackKernel(module: KernelModule): RunGatedStack {
  const kernel = instantiateKernel<GatedStackExports>(module)
  const memory = createKernelMemory(kernel)

  /** Rows with zeros before them and, up to `total`, behind. */
  function putRows(name: string, values: Float32Array, before: number, width: number, total: number): number {
    const at = memory.room(name, 4 * total * width)
    const room = memory.f32(at, total * width)
    room.fill(0)
    room.set(values, before * width)
    return at
  }

  function convolve(layer: PackedRows, x: number, rows: number, y: number): void {
    const weights = memory.put('weights', layer.weights)
    const bias = memory.put('bias', layer.bias)
    kernel.convolve(weights, bias, x, layer.inputs, layer.taps, 1, rows, packedStride(layer) / PANEL_ROWS, y)
  }

  return (stack, x, rows, { told, frames, parts, extras: beside }) => {
    const { channels: C, gated: G, extras, front, layers, tail } = stack
    assert(C % PANEL_ROWS === 0 && G % PANEL_ROWS === 0, `a stack has whole panels of channels, not ${C} and ${G}`)
    const tiled = wholeTiles(rows)
    /** Zeros on either side. */
    const reach = rowsBefore(stack, LAYER_TAPS, largestDilation(stack))
    const rowBytes = 4 * C
    const bytes = (tiled + 2 * reach) * rowBytes
    const frameCount = told.length / layers[0].condition.inputs
    const held = memory.room('held', 8 * G * (wholeTiles(frameCount) + 1))
    const z = memory.room('z', BLOCK_ROWS * 4 * G)
    const widest = Math.max(...tail.map(({ layer }) => packedStride(layer)))
    const results = ['result', 'other-result'].map((name) => memory.room(name, 4 * tiled * widest))
    let [current, next] = ['before', 'after'].map((name) => memory.room(name, bytes))
    const skips = memory.room('skips', tiled * rowBytes)
    const xAt = putRows('x', x, rowsBefore(stack, front.taps, 1), front.inputs, tiled + front.taps - 1)
    const toldAt = putRows('told', told, 0, told.length / frameCount, wholeTiles(frameCount))
    const extrasAt = putRows('extras', beside, 0, extras, tiled)
    const [framesAt, partsAt] = [memory.room('frames', 4 * tiled), memory.put('parts', inTiles(parts, tiled))]
    memory.i32(framesAt, tiled).fill(0)
    memory.i32(framesAt, tiled).set(frames)
    for (const at of [current, next]) memory.f32(at, bytes / 4).fill(0)
    memory.f32(skips, tiled * C).fill(0)
    const own = reach * rowBytes
    /** Rows that fill the last tile are no part of the sound: around it are zeros. */
    const clearTail = (at: number) => memory.f32(at + own + rows * rowBytes, (tiled - rows) * C).fill(0)

    convolve(front, xAt, tiled, current + own)
    if (stack.isFrontRectified) kernel.rectify(current + own, tiled * C)
    clearTail(current)
    layers.forEach((layer, index) => {
      convolve(layer.condition, toldAt, wholeTiles(frameCount), held)
      memory.f32(held + 8 * G * frameCount, 2 * G).fill(0)
      const isLast = index === layers.length - 1
      const places = { held, framesAt, partsAt, extrasAt, skips, z, current: current + own, next: next + own }
      runLayer(stack, layer, isLast, tiled, places)
      clearTail(next)
      ;[current, next] = [next, current]
    })
    let y = skips
    for (const [index, { layer, isInputRectified }] of tail.entries()) {
      if (isInputRectified) kernel.rectify(y, tiled * layer.inputs)
      // Turn by turn: a result is never written over what it is made of.
      const to = results[index % 2]
      convolve(layer, y, tiled, to)
      y = to
    }
    return memory.f32(y, rows * packedStride(tail[tail.length - 1].layer)).slice()
  }

  interface Places {
    readonly held: number
    readonly framesAt: number
    readonly partsAt: number
    readonly extrasAt: number
    readonly skips: number
    readonly z: number
    readonly current: number
    readonly next: number
  }

  function runLayer(stack: GatedStack, layer: PackedGatedLayer, isLast: boolean, rows: number, at: Places): void {
    const { channels: C, gated: G, extras, residualGain } = stack
    const { dilation, mix } = layer
    const gates = memory.put('gates', layer.gates)
    const mixing = memory.put('mixing', mix.weights)
    const bias = memory.put('bias', mix.bias)
    const x = at.current - 4 * C * rowsBefore(stack, LAYER_TAPS, dilation)
    for (let first = 0; first < rows; first += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, rows - first)
      const { held, framesAt, partsAt, extrasAt, z } = at
      kernel.gates(gates, held, framesAt, partsAt, x, C, G, dilation, extrasAt, extras, first, count, z)
      const place = 4 * C * first
      kernel.mix(
        ...([mixing, bias, z, C, G, isLast, residualGain] as const),
        ...([at.current + place, at.next + place, at.skips + place, count] as const),
      )
    }
  }
}

function inTiles(values: Float32Array, length: number): Float32Array {
  const longer = new Float32Array(length)
  longer.set(values)
  return longer
}
