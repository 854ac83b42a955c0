import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../src/shared/base/random.ts'
import type { TempoMap } from '../../src/shared/units/tempo.ts'
import type { Part } from '../../src/renderer/audio/arrangement.ts'
import { openBundledPage, type BundledPage } from '../support/bundled-page.ts'
import { floatsOfText, textOfFloats } from '../support/float-text.ts'
import type { EnginePage, OfflineRequest } from './pages/engine-page.ts'

let bundled: BundledPage
beforeAll(async () => {
  bundled = await openBundledPage(`${import.meta.dirname}/pages/engine-page.ts`)
})
afterAll(() => bundled?.close())

declare global {
  interface Window {
    readonly enginePage: EnginePage
  }
}

const RATE = 48_000
type Asked = Partial<Omit<OfflineRequest, 'media'>> & Pick<OfflineRequest, 'durationSamples' | 'parts'>
/** @param media samples by media id */
async function render({ media, ...request }: Asked & { readonly media: Record<string, readonly number[]> }) {
  const text = await bundled.page.evaluate((whole) => window.enginePage.renderOffline(whole), {
    rateHz: RATE,
    fromSamples: 0,
    startFrame: 0,
    loop: null,
    untilSamples: null,
    channelCount: 1 as const,
    listensTo: 'converted' as const,
    switchFrame: null,
    strips: null,
    ...request,
    media: Object.fromEntries(Object.entries(media).map(([id, samples]) => [id, textOfFloats(samples)])),
  })
  return [...floatsOfText(text)]
}

const part = (given: Partial<Part> & Pick<Part, 'id' | 'durationSamples'>): Part => ({
  stripId: 'lane',
  startSamples: 0,
  original: { mediaId: 'source', startSamples: 0 },
  converted: null,
  takes: [],
  gain: 1,
  fadeInSamples: 0,
  fadeOutSamples: 0,
  heard: 'converted',
  ...given,
})

/** Noise in single precision: any shift or interpolation shows at once. */
function noise(count: number, seed: number): number[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => Math.fround(random.uniform() - 0.5))
}
const differing = (a: readonly number[], b: readonly number[]): number =>
  a.filter((sample, index) => sample !== (b[index] ?? 0)).length

test('an impulse train lands on the exact frames, wherever the region lies and whenever the play starts', async () => {
  const source = Array.from({ length: 20_000 }, (_, index) => (index % 997 === 0 ? 1 : 0))
  const startFrame = 1280
  const parts = [
    part({ id: 'a', startSamples: 3001, durationSamples: 15_000, original: { mediaId: 'source', startSamples: 1234 } }),
  ]
  const output = await render({ durationSamples: 24_000, startFrame, parts, media: { source } })
  const expected = source.flatMap((value, index) =>
    value === 1 && index >= 1234 && index < 16_234 ? [startFrame + 3001 + index - 1234] : [],
  )
  expect(output.flatMap((value, index) => (value !== 0 ? [index] : []))).toEqual(expected)
})

test.each([48_000, 44_100, 96_000])(
  'a source cut at a thousand places plays at %i Hz as if it were whole: no sample doubled, none lost',
  async (rateHz) => {
    const source = noise(60_000, 7)
    const random = createRandom(rateHz)
    const cuts = new Set<number>()
    while (cuts.size < 1000) cuts.add(1 + random.integer(59_998))
    const places = [0, ...[...cuts].sort((a, b) => a - b), 60_000]
    const parts = places.slice(0, -1).map((start, index) =>
      part({
        id: `p${index}`,
        startSamples: start,
        durationSamples: places[index + 1] - start,
        original: { mediaId: 'source', startSamples: start },
      }),
    )
    const output = await render({ rateHz, durationSamples: 60_000, parts, media: { source } })
    expect(differing(output, source)).toBe(0)
  },
)

test('a file that comes in pieces plays as if it were whole, wherever its pieces and its regions join', async () => {
  const source = noise(20_000, 21)
  const random = createRandom(22)
  for (const pieceSamples of [20 + random.integer(20), 40 + random.integer(400), 1000 + random.integer(9000)]) {
    const cut = 1 + random.integer(19_998)
    const parts = [
      part({ id: 'a', durationSamples: cut }),
      part({
        id: 'b',
        startSamples: cut,
        durationSamples: 20_000 - cut,
        original: { mediaId: 'source', startSamples: cut },
      }),
    ]
    const startFrame = 128 * random.integer(20)
    const output = await render({ durationSamples: 23_000, startFrame, parts, media: { source }, pieceSamples })
    expect(differing(output.slice(startFrame), source)).toBe(0)
  }
})

test('in pieces, too, a loop has no gap, and a switch between original and converted leaves both in lock-step', async () => {
  const [source, converted] = [noise(30_000, 23), noise(30_000, 24)]
  const parts = [part({ id: 'a', durationSamples: 30_000, converted: { mediaId: 'render', startSamples: 0 } })]
  const request = {
    durationSamples: 30_000,
    parts,
    media: { source, render: converted },
    loop: { startSamples: 4001, endSamples: 21_007 },
    fromSamples: 1000,
    switchFrame: 12_000,
  }
  const whole = await render(request)
  for (const pieceSamples of [173, 9973]) expect(differing(await render({ ...request, pieceSamples }), whole)).toBe(0)
  const looped = Array.from({ length: 30_000 }, (_, frame) => {
    const position = 1000 + frame
    return position < 21_007 ? position : 4001 + ((position - 21_007) % 17_006)
  })
  expect(looped.filter((position, frame) => frame >= 12_600 && whole[frame] !== source[position])).toEqual([])
  expect(looped.filter((position, frame) => frame < 12_000 && whole[frame] !== converted[position])).toEqual([])
})

test('in a file of three hours a seek asks only for what lies around its target, and little of it is held', async () => {
  const HOUR = 3600 * RATE
  const places = [0, 2.5 * HOUR + 12_345, 17_001, 3 * HOUR - RATE, 1.25 * HOUR]
  const sought = await bundled.page.evaluate(
    ([duration, where, rateHz]) => window.enginePage.seekThrough(duration, where, rateHz),
    [3 * HOUR, places, RATE] as const,
  )
  sought.positions.forEach((position, index) => expect(Math.abs(position - places[index])).toBeLessThan(RATE))
  const around = 20 * RATE
  expect(new Set(sought.asked.map(({ place }) => place))).toEqual(new Set(places.filter((place) => place !== 17_001)))
  for (const { place, firstSample, endSample } of sought.asked) {
    expect(firstSample).toBeGreaterThan(place - around)
    expect(endSample).toBeLessThan(Math.min(3 * HOUR + 1, place + around))
  }
  expect(sought.heldBytes).toBeLessThan(4 * places.length * around * 4)
})

test('a play of a span ends on its last sample, and takes no loop', async () => {
  const source = noise(20_000, 12)
  const output = await render({
    durationSamples: 20_000,
    parts: [part({ id: 'a', durationSamples: 20_000 })],
    media: { source },
    loop: { startSamples: 0, endSamples: 9000 },
    fromSamples: 3001,
    untilSamples: 11_007,
  })
  const expected = Array.from({ length: 20_000 }, (_, frame) => (frame < 8006 ? source[3001 + frame] : 0))
  expect(differing(output, expected)).toBe(0)
})

test('through the strips and the master nothing is changed at zero decibels in the middle', async () => {
  const source = noise(20_000, 3)
  const strips = [{ id: 'lane', gainDb: 0, pan: 0, isSilent: false }]
  const output = await render({
    durationSamples: 20_000,
    parts: [part({ id: 'a', durationSamples: 20_000 })],
    media: { source },
    strips,
  })
  expect(differing(output, source)).toBe(0)
})

test('a muted lane is silent, and a gain of −6.02 dB halves it', async () => {
  const source = noise(10_000, 4)
  const parts = [part({ id: 'a', durationSamples: 10_000 })]
  const silent = await render({
    durationSamples: 10_000,
    parts,
    media: { source },
    strips: [{ id: 'lane', gainDb: 0, pan: 0, isSilent: true }],
  })
  expect(silent.every((sample) => sample === 0)).toBe(true)
  const halved = await render({
    durationSamples: 10_000,
    parts,
    media: { source },
    strips: [{ id: 'lane', gainDb: 20 * Math.log10(0.5), pan: 0, isSilent: false }],
  })
  expect(halved.every((sample, index) => Math.abs(sample - source[index] / 2) < 1e-6)).toBe(true)
})

test('switching between two equal sounds changes nothing: the ramp is linear and in lock-step', async () => {
  const source = noise(30_000, 5)
  const twins = [part({ id: 'a', durationSamples: 30_000, converted: { mediaId: 'render', startSamples: 0 } })]
  const output = await render({
    durationSamples: 30_000,
    parts: twins,
    media: { source, render: source },
    switchFrame: 12_000,
  })
  expect(Math.max(...output.map((sample, index) => Math.abs(sample - source[index])))).toBeLessThan(5e-7)
})

test('before the switch one hears exactly the converted sound, ten milliseconds after it exactly the original', async () => {
  const source = noise(30_000, 5)
  const converted = noise(30_000, 6)
  const parts = [part({ id: 'a', durationSamples: 30_000, converted: { mediaId: 'render', startSamples: 0 } })]
  const output = await render({
    durationSamples: 30_000,
    parts,
    media: { source, render: converted },
    switchFrame: 12_000,
  })
  expect(differing(output.slice(0, 12_000), converted)).toBe(0)
  expect(differing(output.slice(12_600), source.slice(12_600))).toBe(0)
})

test('a loop comes round without a gap: every pass is the same samples, one right behind the other', async () => {
  const source = noise(20_000, 8)
  const loop = { startSamples: 4000, endSamples: 9007 }
  const output = await render({
    durationSamples: 30_000,
    parts: [part({ id: 'a', durationSamples: 20_000 })],
    media: { source },
    loop,
    fromSamples: 1000,
  })
  const expected = Array.from({ length: 30_000 }, (_, frame) => {
    const position = 1000 + frame
    return source[position < 9007 ? position : 4000 + ((position - 9007) % 5007)]
  })
  expect(differing(output, expected)).toBe(0)
})

test('fades rise and fall linearly from nothing to the level and back', async () => {
  const source = Array.from({ length: 10_000 }, () => 1)
  const parts = [part({ id: 'a', durationSamples: 10_000, fadeInSamples: 1000, fadeOutSamples: 2000, gain: 0.5 })]
  const output = await render({ durationSamples: 10_000, parts, media: { source } })
  for (const [frame, gain] of [
    [0, 0],
    [250, 0.125],
    [500, 0.25],
    [1000, 0.5],
    [5000, 0.5],
    [8000, 0.5],
    [9000, 0.25],
    [9500, 0.125],
  ] as const)
    expect(output[frame]).toBeCloseTo(gain, 3)
})

test('overlapping regions of the same sound keep its level: the crossfade follows the likeness', async () => {
  const source = noise(30_000, 9)
  const parts = [
    part({ id: 'a', durationSamples: 16_000 }),
    part({
      id: 'b',
      startSamples: 12_000,
      durationSamples: 18_000,
      original: { mediaId: 'source', startSamples: 12_000 },
    }),
  ]
  const output = await render({ durationSamples: 30_000, parts, media: { source } })
  expect(Math.max(...output.map((sample, index) => Math.abs(sample - source[index])))).toBeLessThan(1e-3)
})

test('playing begins at the asked position, goes forward, comes round in the loop, seeks, and stops', async () => {
  const source = noise(2 * RATE, 10)
  const parts = [part({ id: 'a', durationSamples: 2 * RATE })]
  const loop = { startSamples: 0, endSamples: 4800 }
  const played = await bundled.page.evaluate(
    ([one, two, three, four]) => window.enginePage.playForReal(one, two, three, four),
    [parts, textOfFloats(source), RATE, loop] as const,
  )
  expect(played.isLoaded).toBe(true)
  expect(played.positions.every((position) => position >= 0 && position < loop.endSamples)).toBe(true)
  expect(new Set(played.positions).size).toBeGreaterThan(5)
  expect(played.peakDb).toBeGreaterThan(-20)
  expect(played.afterSeek).toBeGreaterThanOrEqual(RATE)
  expect(played.afterStop).toBeNull()
})

test('the page plays under the product’s content policy without a complaint', () => {
  expect(bundled.complaints).toEqual([])
})

test('the takes of a comp follow each other sample for sample, fade in ten milliseconds, and leave the original alone', async () => {
  const [source, one, two] = [noise(9000, 1), noise(9000, 2), noise(9000, 3)]
  const take = (mediaId: string, startSamples: number, endSamples: number, fades: [number, number]) => ({
    mediaId,
    mediaStartSamples: 100,
    startSamples,
    endSamples,
    fadeInSamples: fades[0],
    fadeOutSamples: fades[1],
  })
  const comp = part({
    id: 'a',
    startSamples: 1000,
    durationSamples: 8000,
    converted: { mediaId: 'one', startSamples: 100 },
    takes: [take('one', 1000, 4240, [0, 480]), take('two', 3760, 9000, [480, 0])],
  })
  const request = { durationSamples: 10_000, parts: [comp], media: { source, one, two } }
  const output = await render(request)
  expect(differing(output.slice(1000, 3760), one.slice(100, 2860))).toBe(0)
  expect(differing(output.slice(4240, 9000), two.slice(3340, 8100))).toBe(0)
  const power = (samples: readonly number[]): number => samples.reduce((sum, sample) => sum + sample * sample, 0)
  const ratio = power(output.slice(3760, 4240)) / ((power(one.slice(2860, 3340)) + power(two.slice(2860, 3340))) / 2)
  expect(ratio).toBeGreaterThan(0.8)
  expect(ratio).toBeLessThan(1.2)
  expect(
    differing((await render({ ...request, listensTo: 'original' })).slice(1000, 9000), source.slice(0, 8000)),
  ).toBe(0)
})

test('clicks begin on the exact frames of their beats, across changes of tempo and meter, in a ramp and in a loop', async () => {
  const map: TempoMap = {
    tempos: [
      { bar: 1, bpm: 133.37, isRamp: false },
      { bar: 2, bpm: 240, isRamp: true },
      { bar: 3, bpm: 120, isRamp: false },
    ],
    meters: [
      { bar: 1, beatsPerBar: 3, beatUnit: 4 },
      { bar: 3, beatsPerBar: 6, beatUnit: 8 },
    ],
  }
  const beatSec = 60 / 133.37
  /** Seconds into three quarters that go from 240 to 120. */
  const rampSec = (quarters: number): number => (60 / -40) * Math.log1p((-40 * quarters) / 240)
  const second = 3 * beatSec
  const third = second + rampSec(3)
  const beats = [0, 1, 2]
    .map((beat) => second + rampSec(beat))
    .concat([0, 1, 2, 3, 4, 5].map((beat) => third + beat / 4))
  const loop = { startSamples: Math.round(second * RATE), endSamples: Math.round((third + 1.5) * RATE) }
  const pass = beats.map((sec) => Math.round(sec * RATE))
  const expected = [0, Math.round(beatSec * RATE), Math.round(2 * beatSec * RATE), ...pass].concat(
    pass.map((frame) => frame + loop.endSamples - loop.startSamples),
  )
  const heard = await bundled.page.evaluate(
    ([given, rateHz, frames, span]) => window.enginePage.renderClicks(given, rateHz, frames, span),
    [map, RATE, expected[expected.length - 1] + 2000, loop] as const,
  )
  // A click's envelope opens on its frame; where the tone crosses zero just then, the next frame is the first one heard.
  expect(heard.map((frame, index) => (frame - expected[index] === 1 ? frame - 1 : frame))).toEqual(expected)
})
