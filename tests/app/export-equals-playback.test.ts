import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrangementOf } from '../../src/renderer/state/arrangement.ts'
import { exportAudio } from '../../src/main/files/export-audio.ts'
import { renderPath, sourcePath } from '../../src/main/files/media-folder.ts'
import { createWavWriter, openWavReader } from '../../src/main/files/wav-file.ts'
import { silentProgress } from '../../src/shared/base/progress.ts'
import { createRandom } from '../../src/shared/base/random.ts'
import type { RegionId, RenderKey } from '../../src/shared/base/id.ts'
import { renderMediaId, sourceMediaId } from '../../src/shared/contract/media.ts'
import { splitRegions } from '../../src/shared/project/edits/cuts.ts'
import { setRender, singRegions } from '../../src/shared/project/edits/performance.ts'
import { cutComp, flattenComp, pickTake } from '../../src/shared/project/edits/takes.ts'
import { changeRegions, moveRegions, newRegion, addRegion } from '../../src/shared/project/edits/regions.ts'
import { changeTrack } from '../../src/shared/project/edits/tracks.ts'
import { planExport } from '../../src/shared/project/export-plan.ts'
import type { Project } from '../../src/shared/project/model.ts'
import { defaultPerformance } from '../../src/shared/project/performance.ts'
import { songEnd } from '../../src/shared/project/queries.ts'
import { openBundledPage, type BundledPage } from '../support/bundled-page.ts'
import {
  chorus,
  countingIds,
  leadTrack,
  mira,
  projectId,
  singerTrack,
  smallSong,
  sourceId,
  verse,
} from '../support/documents.ts'
import { floatsOfText, textOfFloats } from '../support/float-text.ts'
import { makeTemporaryFolder, removeFolder } from '../support/temporary-folder.ts'
import type { EnginePage } from './pages/engine-page.ts'

declare global {
  interface Window {
    readonly enginePage: EnginePage
  }
}

const RATE = 48_000
/** Two seconds: the song below is cut from them. */
const SOURCE_SAMPLES = 96_000
const renderKey = 'e'.repeat(64) as RenderKey // brands are given in tests
/** Of two more takes of the chorus. */
const otherKeys = ['f', 'd'].map((letter) => letter.repeat(64) as RenderKey)
const sung = 'r1' as RegionId

function noise(seed: number): Float32Array<ArrayBuffer> {
  const random = createRandom(seed)
  return Float32Array.from({ length: SOURCE_SAMPLES }, () => random.uniform() * 0.5 - 0.25)
}
const source = noise(1)
const render = noise(2)
const otherRenders = [noise(4), noise(5)]

/** A verse on a source lane, and a chorus that Mira sings. */
function song(): Project {
  const short = smallSong()
  const document: Project = {
    ...short,
    sources: { [sourceId]: { ...short.sources[sourceId], durationSamples: SOURCE_SAMPLES } },
    regions: {
      [verse]: { ...short.regions[verse], durationSamples: 40_000 },
      [chorus]: { ...short.regions[chorus], sourceStartSamples: 40_000, startSamples: 44_000, durationSamples: 30_000 },
    },
  }
  const performed = singRegions(document, [chorus], singerTrack, mira, countingIds())
  return setRender(performed, sung, {
    key: renderKey,
    sourceStartSamples: 0,
    durationSamples: SOURCE_SAMPLES,
    performance: defaultPerformance(mira),
    singerDigest: 'digest',
    semitones: 0,
  })
}

const home = makeTemporaryFolder()
let bundled: BundledPage
beforeAll(async () => {
  write(sourcePath(home, sourceId), source)
  write(renderPath(home, renderKey), render)
  otherKeys.forEach((key, index) => write(renderPath(home, key), otherRenders[index]))
  bundled = await openBundledPage(`${import.meta.dirname}/pages/engine-page.ts`)
})
afterAll(async () => {
  await bundled?.close()
  removeFolder(home)
})

function write(path: string, samples: Float32Array): void {
  mkdirSync(dirname(path), { recursive: true })
  const writer = createWavWriter(path, { rateHz: RATE, channelCount: 1, encoding: 'float32' })
  writer.write([samples])
  writer.finish()
}

/** Left and right of the exported mix. */
async function exported(project: Project): Promise<Float32Array[]> {
  const options = {
    what: 'mix',
    regionIds: [],
    encoding: 'float32',
    rateHz: null,
    start: 'zero',
    channels: 'stereo',
    nameTemplate: '{song}',
    folder: join(home, 'exports'),
    writesMetadata: false,
    writesReport: false,
    writesSession: false,
  } as const
  const [file] = await exportAudio(
    {
      project,
      options,
      files: planExport(project, { ...options, regionIds: [] }, () => 'Mira'),
      mediaFolder: home,
      nameOfSinger: () => 'Mira',
      software: '',
      engine: '',
      createdAtMs: 0,
    },
    silentProgress,
  )
  const reader = openWavReader(file.path)
  const channels = reader.read(0, reader.durationSamples)
  reader.close()
  return channels
}

/** A play begins a little after its strips were set, as in the window; a block of the audio thread is 128 frames. */
const LEAD_FRAMES = 5 * 128

/** Left and right as the scheduler of the window plays them, through strips and master. */
async function played(project: Project): Promise<Float32Array[]> {
  const { strips, parts } = arrangementOf(project)
  const channels = await bundled.page.evaluate((request) => window.enginePage.renderChannels(request), {
    rateHz: RATE,
    durationSamples: LEAD_FRAMES + songEnd(project),
    fromSamples: 0,
    startFrame: LEAD_FRAMES,
    loop: null,
    untilSamples: null,
    channelCount: 2 as const,
    listensTo: 'converted' as const,
    switchFrame: null,
    strips,
    parts,
    media: {
      [sourceMediaId(projectId, sourceId)]: textOfFloats(source),
      [renderMediaId(projectId, renderKey)]: textOfFloats(render),
      ...Object.fromEntries(
        otherKeys.map((key, index) => [renderMediaId(projectId, key), textOfFloats(otherRenders[index])]),
      ),
    },
  })
  return channels.map((text) => floatsOfText(text).subarray(LEAD_FRAMES))
}

async function largestDifference(project: Project): Promise<number> {
  const [file, sound] = [await exported(project), await played(project)]
  expect(file.map((channel) => channel.length)).toEqual([songEnd(project), songEnd(project)])
  return Math.max(
    ...file.map((channel, side) =>
      channel.reduce((worst, sample, at) => Math.max(worst, Math.abs(sample - sound[side][at])), 0),
    ),
  )
}

test('a song of sources and conversions, cut in many places, is exported bit for bit as it is played', async () => {
  const random = createRandom(3)
  const mint = countingIds()
  let project = song()
  for (let cut = 0; cut < 60; cut++)
    project = splitRegions(project, Object.keys(project.regions) as RegionId[], random.integer(74_000), () => {
      const id = mint()
      return `c${id}` as RegionId
    })
  expect(Object.keys(project.regions).length).toBeGreaterThan(80)
  expect(await largestDifference(project)).toBe(0)
})

test('two lanes that sound together add up to the same bits', async () => {
  expect(await largestDifference(moveRegions(song(), [sung], -20_001))).toBe(0)
})

test('a region that is heard as its original is exported as its original', async () => {
  expect(await largestDifference(changeRegions(song(), [sung], { heard: 'original' }))).toBe(0)
})

test('what a mute or a solo silences is silent in both', async () => {
  expect(await largestDifference(changeTrack(song(), singerTrack, { isMuted: true }))).toBe(0)
  expect(await largestDifference(changeTrack(song(), leadTrack, { isSoloed: true }))).toBe(0)
})

/** The chorus in three takes, put together from all of them at places of no grid. */
function comp(joins: readonly number[]): Project {
  const takes = otherKeys.reduce((project, key) => {
    const { render } = project.regions[sung]
    return render ? setRender(project, sung, { ...render, key, performance: wish(key) }) : project
  }, song())
  const { sourceStartSamples } = takes.regions[sung]
  return joins.reduce((now, at, index) => {
    const inSource = sourceStartSamples + at
    return pickTake(cutComp(now, sung, inSource), sung, (index % 3) + 1, inSource + 1)
  }, takes)
}
/** Takes differ in what was asked for. */
const wish = (key: RenderKey) => ({
  ...defaultPerformance(mira),
  emotion: { emotionId: 'sad', intensity: key.startsWith('f') ? 0.5 : 1 },
})
const anywhere = [7_001, 13_337, 22_222]

test('a comp of three takes is exported bit for bit as it is played, also where one take goes over into the next', async () => {
  const project = comp(anywhere)
  expect(project.regions[sung].takes).toHaveLength(3)
  expect(project.regions[sung].comp).toHaveLength(anywhere.length + 1)
  expect(await largestDifference(project)).toBe(0)
})

/** A crossfade of two takes and one of two regions are the same curve in as many straight pieces: −110 dB. */
const ROUNDING = 3e-6

test('a comp that was flattened to regions sounds as it did, in the file and in the window', async () => {
  const project = comp(anywhere)
  let count = 0
  const flat = flattenComp(project, sung, () => `flat${count++}` as RegionId) // any letters will do for an id
  expect(Object.keys(flat.regions).length).toBe(Object.keys(project.regions).length + 3)
  const [before, after] = [await exported(project), await exported(flat)]
  const worst = before[0].reduce((most, sample, at) => Math.max(most, Math.abs(sample - after[0][at])), 0)
  expect(worst).toBeLessThan(ROUNDING)
  expect(await largestDifference(flat)).toBe(0)
})

test('levels, fades, crossfades and places are exported bit for bit as they are played', async () => {
  const overlapping = addRegion(
    song(),
    newRegion({
      id: 'over' as RegionId,
      trackId: leadTrack,
      name: 'Over',
      sourceId,
      sourceStartSamples: 50_000,
      startSamples: 32_000,
      durationSamples: 20_000,
    }),
  )
  const shaped = changeRegions(overlapping, [verse, sung], { fadeInSamples: 3000, fadeOutSamples: 5000, gainDb: -4.5 })
  const placed = changeTrack(changeTrack(shaped, leadTrack, { pan: -0.4, gainDb: -3 }), singerTrack, { pan: 0.7 })
  expect(await largestDifference(placed)).toBe(0)
})
