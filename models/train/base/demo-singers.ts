import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { FailureError } from '../../../src/shared/base/errors.ts'
import { silentProgress } from '../../../src/shared/base/progress.ts'
import { analyzeClip, type ClipFeatures } from '../../../src/shared/conversion/clip-features.ts'
import { sourceOf, type Resample } from '../../../src/shared/conversion/sound.ts'
import type { SingerCard } from '../../../src/shared/formats/singer-card.ts'
import { readSingerFile, writeSingerFile } from '../../../src/shared/formats/singer-file.ts'
import { spectralAutoencoder } from '../../../src/shared/networks/spectral-autoencoder/index.ts'
import { makeSingerClips, voices } from '../../../src/shared/synthesizer/index.ts'
import { enrolmentPlans } from '../../../src/shared/training/presets.ts'
import { loadKernelsWithCrew } from '../../../src/main/compute/crew.ts'
import { builtKernelsFolder } from '../../../src/main/compute/kernels.ts'
import type { LoadedBase } from '../../../src/main/compute/models/base-store.ts'
import { enrollClips } from '../../../src/main/compute/training/enroll-clips.ts'
import { testRange } from '../../../src/main/compute/training/range-test.ts'
import { makeFolder, writeAtomically } from '../../../src/main/files/atomic-write.ts'
import { createResampler } from '../../../src/main/files/resample.ts'
import type { HeardPerson } from './train-base.ts'

/** A voice that is shipped, and why it may be. */
interface DemoSinger {
  readonly fileName: string
  readonly name: string
  readonly licence: string
  readonly owner: string
  /** What its recordings are; a shipped voice asks nobody for consent beyond its licence. */
  readonly words: string
  readonly clips: readonly ClipFeatures[]
}

const CLIP_COUNT = 8
const CLIP_RATE_HZ = 48_000
const CLIP_SEED = 7100
/** The day that the cards bear: the same files give the same bytes. */
const CREATED_AT_MS = Date.UTC(2026, 10, 21)
/** Who sings for the card of the recorded voice, and how much of it the bank keeps. */
const RECORDED_PERSON = 'pjs'
const RECORDED_CLIPS = 12

/** One synthetic and one recorded voice, enrolled into the fast base. */
export async function writeDemoSingers(
  folder: string,
  base: LoadedBase,
  people: readonly HeardPerson[],
  options: { readonly seed: number; readonly engine: string; readonly tell: (line: string) => void },
): Promise<void> {
  makeFolder(folder)
  const singers = [await syntheticSinger(), ...recordedSinger(people)]
  const digests: Record<string, string> = {}
  for (const singer of singers) {
    options.tell(`enrolling ${singer.name} from ${singer.clips.length} clips`)
    const plan = enrolmentPlans.normal
    const model = await enrollClips(singer.clips, { base, size: 'fast', plan, seed: options.seed })
    const clipsSec = singer.clips.reduce((sum, { f0 }) => sum + f0.length / FRAMES_PER_SEC, 0)
    const card: SingerCard = {
      name: singer.name,
      converter: spectralAutoencoder.id,
      licence: singer.licence,
      consent: null,
      owner: singer.owner,
      lowestHz: model.lowestHz,
      highestHz: model.highestHz,
      medianHz: 2 ** model.medianLog2F0,
      trainedFromSec: Math.round(clipsSec),
      createdAtMs: CREATED_AT_MS,
      provenance: {
        software: 'Understudy, recipe models/train/base',
        engine: options.engine,
        baseDigest: base.sha256,
        clipCount: singer.clips.length,
        clipsSec: Math.round(clipsSec),
        steps: plan.stepCount,
      },
    }
    const bytes = withRange(writeSingerFile(model, card), await createResampler())
    digests[`${singer.fileName}.singer`] = createHash('sha256').update(bytes).digest('hex')
    writeAtomically(join(folder, `${singer.fileName}.singer`), bytes)
  }
  const manifest = { format: 'understudy-singers', version: 1, base: base.sha256, seed: options.seed, sha256: digests }
  writeText(join(folder, 'manifest.json'), JSON.stringify(manifest, null, 2))
  writeText(join(folder, 'CARD.md'), cardOf(singers))
}

/** The scale is sung by what others will read from the file: half-precision weights and a bank in 8 bits. */
export function withRange(bytes: Uint8Array, resample: Resample): Uint8Array {
  const file = readSingerFile(bytes)
  if (!file.ok) throw new FailureError(file.failure)
  const { model, card } = file.value
  const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})
  const range = testRange({ model, resample, kernels, progress: silentProgress })
  return writeSingerFile(model, { ...card, range })
}

/** Frames of `ClipFeatures`. */
const FRAMES_PER_SEC = 200

async function syntheticSinger(): Promise<DemoSinger> {
  const resample = await createResampler()
  const kernels = loadKernelsWithCrew(builtKernelsFolder(), () => {})
  return {
    fileName: 'alba',
    name: 'Alba',
    licence: 'CC BY-SA 4.0, as the base that it was enrolled into; the voice is synthetic and nobody’s own',
    owner: 'Nobody: sung by the project’s own synthesizer',
    words: `${CLIP_COUNT} exercises by the voice “high” of \`src/shared/synthesizer\`: a soprano of the program’s own making`,
    clips: makeSingerClips(voices.high, CLIP_COUNT, CLIP_RATE_HZ, CLIP_SEED).map(({ samples }) =>
      analyzeClip(sourceOf([samples], CLIP_RATE_HZ), resample, silentProgress, kernels),
    ),
  }
}

/** Left out where the recordings are not there. */
function recordedSinger(people: readonly HeardPerson[]): DemoSinger[] {
  const person = people.find(({ name }) => name === RECORDED_PERSON)
  if (person === undefined) return []
  return [
    {
      fileName: 'pjs',
      name: 'PJS',
      licence:
        'CC BY-SA 4.0: the PJS corpus, J. Koguchi and S. Takamichi (2020). Credit the authors; what is made of this file is shared alike.',
      owner: 'The singer of the PJS corpus, published by its authors for anybody to build voices with',
      words: `${RECORDED_CLIPS} songs of the PJS corpus (Japanese, one man), evenly of those that the base learned from`,
      clips: person.clips.slice(0, RECORDED_CLIPS),
    },
  ]
}

const cardOf = (singers: readonly DemoSinger[]): string => `# Demo singers, version 1

Singers that are there in a new library, so that a first conversion needs no training. Each was enrolled into
\`spectral-autoencoder-fast-v1\` by the recipe \`models/train/base\`; the manifest names the base and each file by digest.

| singer | file | recordings | licence |
|---|---|---|---|
${singers.map(({ name, fileName, words, licence }) => `| ${name} | \`${fileName}.singer\` | ${words} | ${licence} |`).join('\n')}

**Consent**: ${singers[0].name} is nobody's voice. A recorded singer stands here only because the licence of the
recordings permits adapting and passing on what is made of them; nobody was asked beyond that, the singer does not
endorse what is sung with it, and conversions with it must name the corpus.

**Limits**: nobody has listened to them in a controlled way. The card of the base says what was measured.
`

const writeText = (path: string, text: string) =>
  writeAtomically(path, new TextEncoder().encode(text.endsWith('\n') ? text : `${text}\n`))
