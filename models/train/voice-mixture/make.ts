import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createRandom } from '../../../src/shared/base/random.ts'
import { createBandFrameReader } from '../../../src/shared/screening/band-frames.ts'
import { learnMixture } from '../../../src/shared/screening/learn-mixture.ts'
import { CEPSTRA, voiceCepstra } from '../../../src/shared/screening/voice-print.ts'
import { writeVoiceMixture } from '../../../src/main/compute/clips/voice-mixture.ts'
import { readSound } from '../../../src/main/evaluation/read-sound.ts'
import { findSpeakers, type Speaker } from '../../../src/main/evaluation/speakers.ts'
import { setsLimits } from '../../../src/main/evaluation/split.ts'
import { createResampler } from '../../../src/main/files/resample.ts'

/**
 * Makes `models/voice-mixture-v1`: see README.md here. The same recordings give the same bytes. Only people whose
 * recordings may set limits are learned from; the others judge.
 */
const RATE_HZ = 48_000
const COMPONENTS = 32
const SEED = 1
/** Of each recording so many frames at most, and of each person so many recordings, so that nobody outweighs the rest. */
const FRAMES_PER_RECORDING = 150
const RECORDINGS_PER_PERSON = 24

const { values } = parseArgs({
  options: { audio: { type: 'string' }, out: { type: 'string' }, without: { type: 'string', multiple: true } },
})
if (values.audio === undefined) {
  process.stderr.write(
    'Usage: npm run voice-mixture -- --audio <folder> [--without <person>]… [--out <model folder>]\n',
  )
  process.exit(2)
}
const outFolder = resolve(values.out ?? join(import.meta.dirname, '../../voice-mixture-v1'))
const speakers = findSpeakers(resolve(values.audio)).filter(
  ({ name }) => setsLimits(name) && !(values.without ?? []).some((start) => name.startsWith(start)),
)
const resample = await createResampler()
const random = createRandom(SEED)
const hash = createHash('sha256')
const drawn: Float64Array[] = []
for (const { name, files } of speakers.map(thinned)) {
  for (const { path } of files) drawn.push(await drawFrames(path))
  process.stdout.write(`${name}: ${files.length} recordings\n`)
}
const cepstra = new Float64Array(drawn.reduce((sum, part) => sum + part.length, 0))
drawn.reduce((at, part) => (cepstra.set(part, at), at + part.length), 0)
writeVoiceMixture(outFolder, learnMixture(cepstra, COMPONENTS, random))
writeManifest()

function thinned({ name, files }: Speaker): Speaker {
  const step = Math.max(1, files.length / RECORDINGS_PER_PERSON)
  const count = Math.min(files.length, RECORDINGS_PER_PERSON)
  return { name, files: Array.from({ length: count }, (_, index) => files[Math.floor(index * step)]) }
}

async function drawFrames(path: string): Promise<Float64Array> {
  hash.update(basename(path)).update(readFileSync(path))
  const { samples, rateHz } = await readSound(path)
  const reader = createBandFrameReader(RATE_HZ)
  reader.push(resample(samples, rateHz, RATE_HZ))
  const all = voiceCepstra(reader.finish())
  const count = Math.min(FRAMES_PER_RECORDING, all.length / CEPSTRA)
  const result = new Float64Array(count * CEPSTRA)
  for (let index = 0; index < count; index++) {
    const frame = random.integer(all.length / CEPSTRA)
    result.set(all.subarray(frame * CEPSTRA, (frame + 1) * CEPSTRA), index * CEPSTRA)
  }
  return result
}

function writeManifest(): void {
  const manifest = {
    format: 'voice-mixture',
    version: 1,
    components: COMPONENTS,
    cepstra: CEPSTRA,
    persons: speakers.map(({ name }) => name),
    frameCount: cepstra.length / CEPSTRA,
    licence: 'CC-BY-SA-4.0',
    /** SHA-256 over the names and contents of the recordings, in order. */
    dataDigest: hash.digest('hex'),
    card: 'CARD.md',
    sha256: createHash('sha256')
      .update(readFileSync(join(outFolder, 'model.safetensors')))
      .digest('hex'),
  }
  writeFileSync(join(outFolder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  process.stdout.write(`${manifest.frameCount} frames; written to ${outFolder}\n`)
}
