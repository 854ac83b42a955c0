import { concatenated } from '../../../src/shared/base/concatenated.ts'
import type { Random } from '../../../src/shared/base/random.ts'
import { encodeUtf8 } from '../../../src/shared/formats/text.ts'

/** Numbers at which readers go wrong: ends of the widths, signs, and what a count of bytes is compared with. */
const extremes: readonly number[] = [
  0, 1, 2, 3, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128, 129, 254, 255, 256, 257, 511, 512, 1023, 4095, 4096, 32_767,
  32_768, 65_535, 65_536, 65_537, 0xffffff, 0x1000000, 0x7fffffff, 0x80000000, 0x7ffff000, 0xfffffff0, 0xfffffffe,
  0xffffffff,
] // prettier-ignore

export const extremeNumber = (random: Random): number => extremes[random.integer(extremes.length)]
export const pick = <T>(random: Random, from: readonly T[]): T => from[random.integer(from.length)]
export const randomBytes = (random: Random, count: number): Uint8Array =>
  Uint8Array.from({ length: count }, () => random.integer(256))

/** What other inputs and the format itself lend to a change. */
export interface Material {
  readonly others: readonly Uint8Array[]
  readonly words: readonly string[]
}

type Mutation = (input: Uint8Array, random: Random, material: Material) => Uint8Array

/** Early bytes decide most. */
function place(length: number, random: Random): number {
  const reach = pick(random, [length, length, Math.min(length, 16), Math.min(length, 64), Math.min(length, 512)])
  return random.integer(Math.max(1, reach))
}

function span(length: number, random: Random): readonly [number, number] {
  const start = place(length, random)
  const most = Math.min(length - start, pick(random, [4, 16, 64, 512, length]))
  return [start, start + random.integer(most + 1)]
}

const changed = (input: Uint8Array, change: (bytes: Uint8Array) => void): Uint8Array => {
  const bytes = input.slice()
  if (bytes.length > 0) change(bytes)
  return bytes
}

const replaced = (input: Uint8Array, start: number, end: number, put: Uint8Array): Uint8Array =>
  concatenated([input.subarray(0, start), put, input.subarray(end)], Uint8Array)

function writeNumber(bytes: Uint8Array, random: Random): void {
  const width = pick(random, [1, 2, 4, 4, 8])
  const at = place(bytes.length, random)
  if (at + width > bytes.length) return
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const isLittle = random.integer(2) === 0
  const value = extremeNumber(random)
  if (width === 1) view.setUint8(at, value)
  else if (width === 2) view.setUint16(at, value, isLittle)
  else if (width === 4) view.setUint32(at, value, isLittle)
  else view.setBigUint64(at, random.integer(4) === 0 ? 2n ** 64n - BigInt(value) : BigInt(value), isLittle)
}

/** A number that stands there, and one more or less. */
function nudge(bytes: Uint8Array, random: Random): void {
  const at = place(bytes.length, random)
  bytes[at] += pick(random, [1, -1, 16, -16, 128])
}

const mutations: readonly Mutation[] = [
  (input, random) => changed(input, (bytes) => (bytes[place(bytes.length, random)] ^= 1 << random.integer(8))),
  (input, random) => changed(input, (bytes) => (bytes[place(bytes.length, random)] = random.integer(256))),
  (input, random) => changed(input, (bytes) => writeNumber(bytes, random)),
  (input, random) => changed(input, (bytes) => writeNumber(bytes, random)),
  (input, random) => changed(input, (bytes) => nudge(bytes, random)),
  (input, random) => input.slice(0, place(input.length, random)),
  (input, random) => replaced(input, ...span(input.length, random), new Uint8Array(0)),
  (input, random) => changed(input, (bytes) => bytes.fill(pick(random, [0, 0, 255, 0x5b]), ...span(bytes.length, random))),
  (input, random) => {
    const at = place(input.length, random)
    return replaced(input, at, at, randomBytes(random, random.integer(32)))
  },
  (input, random) => {
    const [start, end] = span(input.length, random)
    const at = place(input.length, random)
    return replaced(input, at, at, input.subarray(start, end))
  },
  (input, random) => {
    const [start, end] = span(input.length, random)
    const copy = input.subarray(start, Math.min(end, start + 64))
    const times = pick(random, [2, 2, 8, 100])
    return replaced(input, start, end, concatenated(Array.from({ length: times }, () => copy), Uint8Array))
  },
  (input, random, { others }) => {
    const other = pick(random, others)
    const [start, end] = span(other.length, random)
    return replaced(input, ...span(input.length, random), other.subarray(start, end))
  },
  (input, random, { others }) => {
    const other = pick(random, others)
    return concatenated([input.subarray(0, place(input.length, random)), other.subarray(place(other.length, random))], Uint8Array)
  },
  (input, random, { words }) => {
    if (words.length === 0) return input
    const at = place(input.length, random)
    const word = encodeUtf8(pick(random, words))
    return replaced(input, at, Math.min(input.length, at + pick(random, [0, word.length])), word)
  },
] // prettier-ignore

/** One change that knows nothing of the format. */
export const mutate: Mutation = (input, random, material) => pick(random, mutations)(input, random, material)
