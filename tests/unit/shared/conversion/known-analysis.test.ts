import { beforeAll, expect, test } from 'vitest'
import { silentProgress } from '../../../../src/shared/base/progress.ts'
import { convertRegion } from '../../../../src/shared/conversion/convert.ts'
import type { KnownNumbers } from '../../../../src/shared/conversion/known-analysis.ts'
import { sourceOf } from '../../../../src/shared/conversion/sound.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { createKernels, type Kernels } from '../../../../src/shared/kernels/kernels.ts'
import { sungSource, untrainedSinger } from '../../../support/singers.ts'
import { sincResample } from '../../../support/sinc-resample.ts'

const RATE_HZ = 24_000
const voice = sungSource(RATE_HZ, 0.5)
const singer = untrainedSinger()
let kernels: Kernels
beforeAll(async () => {
  const [pitch, cheaptrick, transposition] = await Promise.all(
    (['pitch', 'cheaptrick', 'transposition'] as const).map((name) => compiledKernel(name)),
  )
  kernels = createKernels({ pitch, cheaptrick, transposition })
})

/** Keeps in memory and notes what was asked. */
function remembering(): KnownNumbers & { readonly kept: Map<string, Float32Array>; recalled: number } {
  const kept = new Map<string, Float32Array>()
  return {
    kept,
    recalled: 0,
    recall(key, length, take) {
      const found = kept.get(key)
      if (found?.length !== length) return false
      this.recalled++
      for (let at = 0; at < length; at += 64 * 100) take(found.slice(at, at + 64 * 100), at)
      return true
    },
    keep(key, length, give) {
      const values = new Float32Array(length)
      for (let at = 0; at < length; at += 64 * 70) give(values.subarray(at, at + 64 * 70), at)
      kept.set(key, values)
    },
  }
}

function convert(semitones: number, numbers?: KnownNumbers, sourceKey = 'voice', sound = voice): Float32Array {
  const written: number[] = []
  convertRegion({
    source: sourceOf([sound], RATE_HZ),
    startSamples: 0,
    durationSamples: sound.length,
    singer,
    performance: {
      emotion: { emotionId: 'neutral', intensity: 0 },
      transposition: { kind: 'semitones', semitones },
      strength: 1,
    },
    emotion: null,
    resample: sincResample,
    kernels,
    progress: silentProgress,
    sink: { write: ([block]) => written.push(...block) },
    ...(numbers && { known: { sourceKey, numbers } }),
  })
  return Float32Array.from(written)
}

test('a conversion from what is known of its source equals the first one, bit for bit', () => {
  // Pitch and timbre, and after a great move the pitch that the moved voice was first heard at.
  for (const [semitones, count] of [
    [0, 2],
    [-9, 3],
  ]) {
    const numbers = remembering()
    const plain = convert(semitones)
    expect(convert(semitones, numbers)).toEqual(plain)
    expect([numbers.kept.size, numbers.recalled]).toEqual([count, 0])
    expect(convert(semitones, numbers)).toEqual(plain)
    expect([numbers.kept.size, numbers.recalled]).toEqual([count, count])
  }
})

test('pitch is known for every transposition, timbre for the same one, and nothing of another source', () => {
  const numbers = remembering()
  convert(0, numbers)
  convert(2, numbers)
  expect([numbers.kept.size, numbers.recalled]).toEqual([3, 1])
  convert(2, numbers, 'another voice')
  expect([numbers.kept.size, numbers.recalled]).toEqual([5, 1])
  convert(2, numbers, 'voice', voice.slice(0, voice.length - 2400))
  expect([numbers.kept.size, numbers.recalled]).toEqual([7, 1])
})
