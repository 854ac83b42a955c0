import { expect, test } from 'vitest'
import { asLongAs, blendLatents } from '../../../../../src/main/compute/waveform/blended-latents.ts'
import { silentProgress } from '../../../../../src/shared/base/progress.ts'
import { SILENT_LEVEL } from '../../../../../src/shared/dsp/mu-law.ts'

const HOP = 10
const WIDTH = 3
/** Each frame's latents are its first level. */
const reader = {
  read: (levels: Uint8Array, { fromFrame, toFrame }: { readonly fromFrame: number; readonly toFrame: number }) =>
    Promise.resolve(
      Float32Array.from({ length: (toFrame - fromFrame) * WIDTH }, (_, at) => {
        return levels[(fromFrame + Math.floor(at / WIDTH)) * HOP]
      }),
    ),
}
const own = new Uint8Array(11 * HOP).fill(100)

test('shares lie on a straight line over the sound, wherever its reading begins', async () => {
  const other = new Uint8Array(20 * HOP).fill(200)
  const blended = blendLatents(reader, asLongAs(own, other), { fromShare: 0, toShare: 1, hop: HOP })
  const whole = await blended.read(own, { fromFrame: 0, toFrame: 11 }, silentProgress)
  expect([...whole].filter((_, at) => at % WIDTH === 0).map(Math.round)).toEqual(
    Array.from({ length: 11 }, (_, frame) => 100 + 10 * frame),
  )
  const part = await blended.read(own, { fromFrame: 4, toFrame: 7 }, silentProgress)
  expect([...part]).toEqual([...whole.subarray(4 * WIDTH, 7 * WIDTH)])
})

test('what is mixed in may end before', async () => {
  const blended = blendLatents(reader, asLongAs(own, new Uint8Array(5 * HOP).fill(200)), {
    fromShare: 0.5,
    toShare: 0.5,
    hop: HOP,
  })
  const latents = await blended.read(own, { fromFrame: 4, toFrame: 6 }, silentProgress)
  expect([latents[0], latents[WIDTH]]).toEqual([150, (100 + SILENT_LEVEL) / 2])
})
