import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { baseFolder, loadBase, type LoadedBase } from '../../../src/main/compute/models/base-store.ts'
import { latestModelFolder } from '../../../src/main/compute/models/model-folders.ts'
import { offerShippedSingers } from '../../../src/main/jobs/shipped-singers.ts'
import { concatenated } from '../../../src/shared/base/concatenated.ts'
import { createAnalysisResampler } from '../../../src/main/compute/analysis-resampler.ts'
import {
  loadVocoderFile,
  shippedVocoderFolders,
  shippedVocoderPath,
} from '../../../src/main/compute/models/vocoder-store.ts'
import { silentProgress } from '../../../src/shared/base/progress.ts'
import { copySynthesis } from '../../../src/main/compute/copy-synthesis.ts'
import { SOURCE_FILTER_RATE_HZ } from '../../../src/shared/networks/source-filter/config.ts'
import { analyzeSpectra } from '../../../src/shared/vocoder/features.ts'
import { compiledKernels } from '../../support/compiled-kernel.ts'
import { sungVoice, VOICE_RATE_HZ } from '../../support/sung-voice.ts'
import { readSingerFile } from '../../../src/shared/formats/singer-file.ts'
import { spectralAutoencoderSizes } from '../../../src/shared/networks/spectral-autoencoder/config.ts'
import { openPlainLibrary } from '../../support/plain-library.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const modelsFolder = join(import.meta.dirname, '../../../models')
const singersFolder = latestModelFolder(modelsFolder, 'singers-') ?? ''

function shippedBase(): LoadedBase {
  const base = loadBase(modelsFolder, 'fast')
  if (base === null) throw new Error('no base is shipped')
  return base
}

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>

test('the shipped base loads: size, digest and names are right, and its card names everybody with a licence', () => {
  const base = shippedBase()
  const folder = baseFolder(modelsFolder, 'fast') ?? ''
  expect(base.config).toEqual(spectralAutoencoderSizes.fast)
  expect(readJson(join(folder, 'manifest.json'))).toMatchObject({ sha256: base.sha256, persons: base.persons })
  const card = readFileSync(join(folder, 'CARD.md'), 'utf8')
  for (const person of base.persons) expect(card).toMatch(new RegExp(`\\| ${person} \\|[^|]+\\| (CC|MIT)[^|]+\\|`))
})

test('the card of the base tells what was measured, word for word as it stands beside the recipe', () => {
  const card = readFileSync(join(baseFolder(modelsFolder, 'fast') ?? '', 'CARD.md'), 'utf8')
  expect(card).toContain(readFileSync(join(modelsFolder, 'train/base/measured.md'), 'utf8').trim())
})

test('each demo singer is what its manifest and card say, with the encoder of the shipped base, bit for bit', () => {
  const base = shippedBase()
  const { sha256 } = readJson(join(singersFolder, 'manifest.json')) as { sha256: Record<string, string> }
  const card = readFileSync(join(singersFolder, 'CARD.md'), 'utf8')
  const files = readdirSync(singersFolder).filter((name) => name.endsWith('.singer'))
  expect(Object.keys(sha256).sort()).toEqual(files.sort())
  expect(files.length).toBeGreaterThanOrEqual(2)
  for (const name of files) {
    const bytes = readFileSync(join(singersFolder, name))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256[name])
    const file = readSingerFile(bytes)
    if (!file.ok) throw new Error(file.failure.message)
    const { model, card: own } = file.value
    expect(own.provenance?.baseDigest).toBe(base.sha256)
    expect(card).toContain(`| ${own.name} | \`${name}\``)
    expect(card).toContain(own.licence)
    for (const [parameter, { values }] of model.parameters)
      if (parameter.startsWith('encoder/')) expect(values).toEqual(base.parameters.get(parameter)?.values)
  }
})

test.each(shippedVocoderFolders(modelsFolder).map((folder) => [basename(folder), folder]))(
  '%s is what its manifest and card say, and keeps the pitch of a voice',
  async (_name, folder) => {
    const path = shippedVocoderPath(folder)
    const { model, card: own } = loadVocoderFile(path)
    const { name, licence, trainedOn, personCount, steps } = own
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
    expect(readJson(join(folder, 'manifest.json'))).toMatchObject({
      name,
      licence,
      trainedOn,
      personCount,
      steps,
      sha256,
    })
    const card = readFileSync(join(folder, 'CARD.md'), 'utf8')
    for (const told of [licence, `${personCount} people`, 'Nobody has listened']) expect(card).toContain(told)
    const kernels = await compiledKernels()
    const resample = await createAnalysisResampler(kernels)
    const pitchOf = (sound: Float32Array) => analyzeSpectra(Float64Array.from(sound), kernels).f0
    const mono = sungVoice('low').slice(0, 2 * VOICE_RATE_HZ)
    const copy = { name: 'A made voice', mono, rateHz: VOICE_RATE_HZ, seed: 1 }
    const pieces = copySynthesis(
      model,
      copy,
      { kernels, resample, progress: silentProgress },
      join(temporaryFolder(), 'copy.wav'),
    )
    const [sung, heard] = [resample(mono, VOICE_RATE_HZ, SOURCE_FILTER_RATE_HZ), concatenated([...pieces])].map(pitchOf)
    const both = [...sung.keys()].filter((frame) => sung[frame] > 0 && heard[frame] > 0)
    const cents = both.map((frame) => Math.abs(1200 * Math.log2(heard[frame] / sung[frame])))
    expect(both.length).toBeGreaterThan(0.8 * sung.filter((hz) => hz > 0).length)
    expect(cents.filter((far) => far < 50).length).toBeGreaterThan(0.9 * both.length)
  },
)

test('the shipped student names the shipped WaveNet as its teacher', () => {
  const [teacher, student] = ['wavenet', 'parallel-wavenet'].map((kind) =>
    shippedVocoderPath(latestModelFolder(modelsFolder, `vocoder-${kind}-`) ?? ''),
  )
  const { name, steps } = loadVocoderFile(teacher).card
  const digest = createHash('sha256').update(readFileSync(teacher)).digest('hex')
  expect(loadVocoderFile(student).card.teacher).toEqual({ name, steps, digest })
})

test('everything shipped takes under 40 MB', () => {
  const bytes = readdirSync(modelsFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('train'))
    .map((name) => statSync(join(modelsFolder, name)))
    .reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0)
  expect(bytes).toBeLessThan(40e6)
})

test('a new library holds the demo singers', async () => {
  const homeFolder = temporaryFolder()
  const library = await openPlainLibrary(homeFolder)
  onTestFinished(() => library.close())
  const error = (message: string) => expect.unreachable(message)
  await offerShippedSingers(library, { homeFolder, modelsFolder }, { info: () => {}, warn: () => {}, error })
  const singers = await library.singers.list()
  expect(singers.map(({ name, origin }) => [name, origin])).toEqual([
    ['Alba', 'shipped'],
    ['PJS', 'shipped'],
  ])
})
