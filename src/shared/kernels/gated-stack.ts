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
import { PAIR_PRODUCTS, pairedRows, pairsOf } from '../dsp/paired-taps.ts'
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
  pairUp(
    x: number,
    channels: number,
    dilation: number,
    extra: number,
    extras: number,
    first: number,
    pairs: number,
    planes: number,
  ): void
  gates(
    weights: number,
    held: number,
    frames: number,
    parts: number,
    planes: number,
    channels: number,
    gated: number,
    dilation: number,
    extras: number,
    first: number,
    pairs: number,
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

/** Rows that meet all weights, and pairs of them, while they lie in the processor's cache. */
const BLOCK_ROWS = 120
const BLOCK_PAIRS = 60
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

  return (stack, x, rows, { firstRow, told, frames, parts, extras: beside }) => {
    const { channels: C, gated: G, extras, front, layers, tail } = stack
    assert(C % PANEL_ROWS === 0 && G % PANEL_ROWS === 0, `a stack has whole panels of channels, not ${C} and ${G}`)
    const tiled = wholeTiles(rows)
    /** Zeros before the rows: what the first one hears, and rows that its pair may begin before it. */
    const paired = pairedRows(largestDilation(stack))
    const before = 2 * paired
    /** And behind them: rows of unfinished pairs and tiles, and what they hear. */
    const all = before + tiled + 2 * paired + 2 * TILE_ROWS
    const rowBytes = 4 * C
    const bytes = all * rowBytes
    const frameCount = told.length / layers[0].condition.inputs
    const held = memory.room('held', 8 * G * (wholeTiles(frameCount) + 1))
    const z = memory.room('z', 4 * all * G) + 4 * before * G
    const planes = memory.room('planes', 4 * BLOCK_PAIRS * (PAIR_PRODUCTS * C + 2 * extras))
    const widest = Math.max(...tail.map(({ layer }) => packedStride(layer)))
    const results = ['result', 'other-result'].map((name) => memory.room(name, 4 * tiled * widest))
    let [current, next] = ['before', 'after'].map((name) => memory.room(name, bytes))
    const skips = memory.room('skips', tiled * rowBytes)
    const xAt = putRows('x', x, rowsBefore(stack, front.taps, 1), front.inputs, tiled + front.taps - 1)
    const toldAt = putRows('told', told, 0, told.length / frameCount, wholeTiles(frameCount))
    const extrasAt = putRows('extras', beside, before, extras, all) + 4 * before * extras
    const partsAt = putRows('parts', parts, before, 1, all) + 4 * before
    const framesAt = memory.room('frames', 4 * all) + 4 * before
    memory.i32(framesAt - 4 * before, all).fill(0)
    memory.i32(framesAt, frames.length).set(frames)
    for (const at of [current, next]) memory.f32(at, bytes / 4).fill(0)
    memory.f32(skips, tiled * C).fill(0)
    const own = before * rowBytes
    /** Rows that fill the last tile are no part of the sound: around it are zeros. */
    const clearTail = (at: number) => memory.f32(at + own + rows * rowBytes, (tiled - rows) * C).fill(0)

    convolve(front, xAt, tiled, current + own)
    if (stack.isFrontRectified) kernel.rectify(current + own, tiled * C)
    clearTail(current)
    layers.forEach((layer, index) => {
      convolve(layer.condition, toldAt, wholeTiles(frameCount), held)
      memory.f32(held + 8 * G * frameCount, 2 * G).fill(0)
      const isLast = index === layers.length - 1
      const places = { held, framesAt, partsAt, extrasAt, planes, skips, z, current: current + own, next: next + own }
      gateRows(stack, layer, firstRow, rows, places)
      mixRows(stack, layer, isLast, tiled, places)
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
    readonly planes: number
    readonly skips: number
    readonly z: number
    readonly current: number
    readonly next: number
  }

  /** Pairs begin where they do in the whole sound: some way before the rows. */
  function gateRows(stack: GatedStack, layer: PackedGatedLayer, firstRow: number, rows: number, at: Places): void {
    const { channels: C, gated: G, extras } = stack
    const { dilation } = layer
    const gates = memory.put('gates', layer.gates)
    const lead = firstRow % pairedRows(dilation)
    const x = at.current - 4 * C * (lead + rowsBefore(stack, LAYER_TAPS, dilation))
    const [held, frames, parts] = [at.held, at.framesAt - 4 * lead, at.partsAt - 4 * lead]
    const [extrasAt, z] = [at.extrasAt - 4 * lead * extras, at.z - 4 * lead * G]
    const from = Math.max(lead - dilation, 0)
    const end = from + wholeTiles(pairsOf(lead + rows, dilation) - from)
    for (let first = from; first < end; first += BLOCK_PAIRS) {
      const pairs = Math.min(BLOCK_PAIRS, end - first)
      kernel.pairUp(x, C, dilation, extrasAt, extras, first, pairs, at.planes)
      kernel.gates(gates, held, frames, parts, at.planes, C, G, dilation, extras, first, pairs, z)
    }
  }

  function mixRows(stack: GatedStack, { mix }: PackedGatedLayer, isLast: boolean, rows: number, at: Places): void {
    const { channels: C, gated: G, residualGain } = stack
    const weights = memory.put('mixing', mix.weights)
    const bias = memory.put('bias', mix.bias)
    for (let first = 0; first < rows; first += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, rows - first)
      const place = 4 * C * first
      kernel.mix(
        ...([weights, bias, at.z + 4 * G * first, C, G, isLast, residualGain] as const),
        ...([at.current + place, at.next + place, at.skips + place, count] as const),
      )
    }
  }
}
