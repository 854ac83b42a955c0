import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../../src/shared/base/random.ts'
import {
  designPolyphase,
  filterPolyphase,
  paddedInput,
  type FilterPolyphase,
} from '../../../../src/shared/dsp/polyphase.ts'
import { compiledKernel } from '../../../support/compiled-kernel.ts'
import { createPolyphaseKernel } from '../../../../src/shared/kernels/polyphase.ts'

const TO_HZ = 24_000
const rates = [44_100, 48_000, 96_000, 32_000]
let kernel: FilterPolyphase
beforeAll(async () => {
  kernel = createPolyphaseKernel(await compiledKernel('polyphase'))
})

function lowered(mono: Float32Array, fromHz: number, filter: FilterPolyphase = filterPolyphase): Float32Array {
  const design = designPolyphase(fromHz, TO_HZ)
  if (design === null) throw new Error('no design')
  const count = Math.round((mono.length * TO_HZ) / fromHz)
  return filter(paddedInput(mono, design, count), design, count)
}

const tone = (hz: number, rateHz: number, count: number): Float32Array =>
  Float32Array.from({ length: count }, (_, index) => Math.sin((2 * Math.PI * hz * index) / rateHz))

test('a tone of the pass band keeps its level, its phase and its place', () => {
  for (const fromHz of rates) {
    for (const hz of [100, 997, 5000, 11_000]) {
      const found = lowered(tone(hz, fromHz, fromHz / 2), fromHz)
      const wanted = tone(hz, TO_HZ, found.length)
      expect(found.length).toBe(TO_HZ / 2)
      const off = found.map((value, index) => Math.abs(value - wanted[index])).subarray(400, -400)
      expect(Math.max(...off), `${hz} of ${fromHz} Hz`).toBeLessThan(1e-4)
    }
  }
})

test('what the lower rate can’t hold is gone, and does not come back as another tone', () => {
  for (const fromHz of rates) {
    for (const hz of [12_700, 15_000]) {
      const found = lowered(tone(hz, fromHz, fromHz / 4), fromHz).subarray(400, -400)
      expect(Math.max(...found.map(Math.abs)), `${hz} of ${fromHz} Hz`).toBeLessThan(2e-5)
    }
  }
})

test('the kernel gives what its plain twin gives, for any length, also longer than it takes at once', () => {
  const random = createRandom(3)
  for (const [fromHz, count] of [
    [44_100, 0],
    [44_100, 1],
    [48_000, 1237],
    [44_100, 20_011],
    [96_000, 30_000],
    [48_000, 600_000],
  ]) {
    const noise = Float32Array.from({ length: count }, () => random.normal())
    const [plain, compiled] = [lowered(noise, fromHz), lowered(noise, fromHz, kernel)]
    expect(compiled.length).toBe(plain.length)
    let greatest = 0
    plain.forEach((value, index) => (greatest = Math.max(greatest, Math.abs(value - compiled[index]))))
    expect(greatest).toBeLessThan(1e-5)
  }
})

test('rates that rise, stay, or have no small ratio have no such filter', () => {
  for (const fromHz of [16_000, 24_000, 44_101]) expect(designPolyphase(fromHz, TO_HZ)).toBeNull()
})
