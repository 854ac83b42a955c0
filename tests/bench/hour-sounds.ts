import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRandom } from '../../src/shared/base/random.ts'
import { silentProgress } from '../../src/shared/base/progress.ts'
import { analyzeClip } from '../../src/shared/conversion/clip-features.ts'
import { enrollSinger } from '../../src/shared/conversion/enroll.ts'
import { limitBank } from '../../src/shared/conversion/limit-bank.ts'
import { sourceOf } from '../../src/shared/conversion/sound.ts'
import { writeSingerFile } from '../../src/shared/formats/singer-file.ts'
import { spectralAutoencoderSizes } from '../../src/shared/networks/spectral-autoencoder/config.ts'
import { initializeParameters } from '../../src/shared/networks/spectral-autoencoder/initialize.ts'
import { makeSingerClips, voices } from '../../src/shared/synthesizer/index.ts'
import { createResampler } from '../../src/main/files/resample.ts'
import { createWavWriter } from '../../src/main/files/wav-file.ts'

/** What the hour is made of, written to the folder that is given, for as many seconds as are given. */
const RATE_HZ = 48_000
const [folder, seconds] = process.argv.slice(2)
await writeSinger(join(folder, 'singer.singer'))
writeStem(join(folder, 'stem.wav'), Number(seconds))

/** A singer of full size and bank; untrained weights cost the same as trained ones. */
async function writeSinger(path: string): Promise<void> {
  const resample = await createResampler()
  const clips = makeSingerClips(voices.high, 10, RATE_HZ, 1).map(({ samples }) =>
    analyzeClip(sourceOf([samples], RATE_HZ), resample, silentProgress),
  )
  const config = spectralAutoencoderSizes.fast
  const parameters = initializeParameters(config, 1, createRandom(1))
  const row = parameters.get('singers/table')?.values ?? new Float32Array(config.singer)
  const model = enrollSinger({ config, parameters, row, meanShape: new Float32Array(64), spread: 1.5 }, clips)
  const bytes = writeSingerFile(
    { ...model, bank: limitBank(model.bank) },
    {
      name: 'Mira',
      converter: 'spectral-autoencoder',
      licence: 'CC0-1.0',
      consent: null,
      lowestHz: model.lowestHz,
      highestHz: model.highestHz,
      medianHz: 2 ** model.medianLog2F0,
      trainedFromSec: 120,
      createdAtMs: 0,
    },
  )
  writeFileSync(path, bytes)
}

/** Different clips one behind the other, straight to the disk. */
function writeStem(path: string, seconds: number): void {
  const clips = makeSingerClips(voices.lead, 10, RATE_HZ, 7).map(({ samples }) => samples)
  const writer = createWavWriter(path, { rateHz: RATE_HZ, channelCount: 1, encoding: 'pcm24' })
  let left = Math.round(seconds * RATE_HZ)
  for (let index = 0; left > 0; index++) {
    const clip = clips[index % clips.length].subarray(0, left)
    writer.write([clip])
    left -= clip.length
  }
  writer.finish()
}
