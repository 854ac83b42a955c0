import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWavWriter, openWavReader } from '../../src/main/files/wav-file.ts'
import { domainPath } from '../../src/main/jobs/domain-files.ts'
import { createRandom } from '../../src/shared/base/random.ts'
import type { OpenProject } from '../../src/shared/contract/verbs.ts'
import type { TrainedDomain } from '../../src/shared/contract/domains.ts'
import { renderMediaId } from '../../src/shared/contract/media.ts'
import { writeDomainFile } from '../../src/shared/formats/domain-file.ts'
import { defaultPerformance } from '../../src/shared/project/performance.ts'
import type { Source } from '../../src/shared/project/model.ts'
import { drawMelody, instruments, play } from '../support/instruments.ts'
import { openStudio, wholeSource, type Studio } from '../support/studio.ts'
import { runCommand } from '../support/command-line.ts'
import { makeTemporaryFolder, removeFolder } from '../support/temporary-folder.ts'
import { tinyDomain } from '../support/tiny-domain.ts'

const RATE_HZ = 44_100
const home = makeTemporaryFolder()
const domainFile = join(home, 'flute.domain')
const stem = join(home, 'stem.wav')
const random = createRandom(3)
const melody = play(instruments.flute, drawMelody(random, 1.2), RATE_HZ, random).samples

let studio: Studio
let song: OpenProject
let source: Source
let flute: TrainedDomain
/** What the flute makes of the stem. */
let rendered: Float32Array

beforeAll(async () => {
  writeFileSync(domainFile, writeDomainFile(tinyDomain('Flute')))
  const writer = createWavWriter(stem, { rateHz: RATE_HZ, channelCount: 2, encoding: 'float32' })
  writer.write([melody, melody.map((sample) => -0.5 * sample)])
  writer.finish()
  studio = await openStudio(home)
  song = await studio.ask('project:create', { name: 'Song', rateHz: RATE_HZ })
  source = await studio.importPath(song.projectId, stem)
  flute = await studio.ask('domain:import', { file: { kind: 'path', path: domainFile } })
})
afterAll(async () => {
  await studio.close()
  removeFolder(home)
})

const byFlute = (seed = 1) =>
  wholeSource(song, source, flute, { performance: { ...defaultPerformance(flute.id), seed } })

test('a region is played by a domain as it is sung by a singer: estimated before, measured after, kept under its key', async () => {
  const asked = { performerId: flute.id, durationSec: 2 }
  const { sec } = await studio.ask('project:estimateConversion', asked)
  expect(sec).toBeGreaterThan(0)
  const { render, report } = await studio.outcome('convert', await studio.ask('project:convert', byFlute()))
  expect(render).toMatchObject({ singerDigest: flute.digest, durationSamples: source.durationSamples })
  expect(report.agreement).toMatchObject({ onsetCount: expect.any(Number), renderOnsetCount: expect.any(Number) })
  expect(report.agreement?.onsetCount).toBeGreaterThan(0)
  const path = await studio.application.media(renderMediaId(song.projectId, render.key))
  const [left, right] = channelsOf(path.ok ? path.value : '')
  rendered = left
  expect(left.length).toBe(source.durationSamples)
  expect(left.some((sample) => sample !== 0)).toBe(true)
  expect(right).toEqual(left)

  const again = await studio.outcome('convert', await studio.ask('project:convert', byFlute()))
  expect(again).toMatchObject({ wasCached: true, render: { key: render.key } })
  const other = await studio.outcome('convert', await studio.ask('project:convert', byFlute(2)))
  expect(other.render.key).not.toBe(render.key)
})

test('a domain can’t be blended in, and one that is broken or gone is told before anything is computed', async () => {
  const blend = [{ singerId: flute.id as never, weight: 0.5, curve: null }] // as hostile as a page can be
  const [singer] = await studio.ask('singer:list', {})
  const mixed = { ...defaultPerformance(singer.id), blend }
  expect(
    await studio.refusal('project:convert', wholeSource(song, source, singer, { performance: mixed })),
  ).toMatchObject({
    code: 'request-invalid',
    message: expect.stringContaining('Flute'),
  })
  const file = domainPath(flute.id, studio.paths)
  writeFileSync(file, 'no domain')
  expect(await studio.refusal('project:convert', byFlute(3))).toMatchObject({ code: 'checkpoint-invalid' })
  rmSync(file)
  expect(await studio.refusal('project:convert', byFlute(3))).toMatchObject({ code: 'singer-unknown' })
})

test('a domain is removed from the library, and a domain that nobody knows is not', async () => {
  const horn = await studio.ask('domain:import', { file: { kind: 'path', path: domainFile }, name: 'Horn' })
  const told = studio.heard((event) => event.kind === 'domains-changed')
  await studio.ask('domain:remove', { domainId: horn.id })
  await told
  expect(await studio.refusal('domain:remove', { domainId: horn.id })).toMatchObject({ code: 'not-found' })
})

test('“translate” plays what a region would get, in every channel, with the mark on it where that is asked for', async () => {
  const out = join(home, 'marked.wav')
  const words = ['translate', stem, '--domain', domainFile, '--out', out, '--encoding', 'float32', '--mark', '--json']
  const end = await runCommand(words, join(home, 'of-the-command'))
  expect(JSON.parse(end.output)).toMatchObject({ channelCount: 2, durationSamples: melody.length })
  const [left, right] = channelsOf(out)
  expect(right).toEqual(left)
  const rest = left.map((sample, at) => sample - rendered[at])
  const energy = (samples: Float32Array) => samples.reduce((sum, sample) => sum + sample * sample, 0)
  expect(energy(rest)).toBeGreaterThan(0)
  expect(energy(rest)).toBeLessThan(0.05 * energy(rendered))
})

function channelsOf(path: string): Float32Array[] {
  const reader = openWavReader(path)
  try {
    return reader.read(0, reader.durationSamples)
  } finally {
    reader.close()
  }
}
