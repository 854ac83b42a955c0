import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { wavenetAutoencoderSizes } from '../../src/shared/networks/wavenet-autoencoder/config.ts'
import { quantizeDecoder } from '../../src/shared/sampling/integer/quantize.ts'
import { measurePeaks } from '../../src/shared/sampling/measure-peaks.ts'
import { drawDecoder, singDrawn, singleBatch } from './drawn-decoder.ts'

/** Prints what drawn decoders sing in 16 bits and in f32: `node sing-seeded.ts FOLDER`, under any flags of V8. */
const folder = process.argv[2]
const moduleOf = (name: string) => new Uint8Array(readFileSync(join(folder, `${name}.wasm`)))
const { tiny } = wavenetAutoencoderSizes
for (const config of [tiny, { ...tiny, lagTaps: 5 }]) {
  const drawn = drawDecoder(config, 20, 4)
  const { decoder, held, pitch, lags, fixed } = drawn
  const segments = [{ fromFrame: 0, toFrame: 20, fixedRow: 0 }]
  const { hop, singer } = config
  const song = { hop, held, pitch, lags, fixed, fixedWidth: singer, segments, seed: 1, temperature: 1 }
  const integers = quantizeDecoder(decoder, measurePeaks(moduleOf('f32'), decoder, song), 'w16a14')
  const whole = singDrawn(singleBatch(moduleOf('w16a14'), decoder, integers, hop), drawn, 1)
  const floats = singDrawn(singleBatch(moduleOf('f32'), decoder, null, hop), drawn, 1)
  process.stdout.write(`${Buffer.from(whole).toString('hex')}\n${Buffer.from(floats).toString('hex')}\n`)
}
